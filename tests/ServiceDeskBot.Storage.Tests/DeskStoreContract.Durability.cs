using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    [Fact]
    public async Task OpenAsync_AfterClosing_FindsEverythingAgain()
    {
        var accepted = await Store.AcceptAsync(Rows.Turn("undone"), Stop);
        await DoneAsync(
            Rows.Opening("INC-1"),
            new PutPerson(Rows.Person("zoe")),
            new PutConversation("slack:D1", "zoe", ConversationState.Empty),
            new SetTimer("INC-1", "sla", Rows.Moment),
            new AddMirror(Rows.Mirror("INC-1", LaneA)),
            new Send(Rows.Message("unsent", LaneB)));

        await ReopenAsync();

        Assert.Equal(accepted.Seq, Assert.Single(await Store.UndoneTurnsAsync(Stop)).Seq);
        Assert.Equal(2, (await DueAsync()).Count);
        Assert.Equal(Rows.Moment, await Store.NextTimerDueAsync(Stop));
        Assert.Equal(1, (await ReadAsync(snapshot => snapshot.ConversationAsync("slack:D1", "zoe"))).Version);
        Assert.Equal(new StoreFigures(Tickets: 1, OpenTickets: 1, UndoneTurns: 1, UnsentMessages: 2, DeadLetters: 0, People: 1, HeldMessages: 0), await ReadAsync(snapshot => snapshot.FiguresAsync()));
    }

    [Fact]
    public async Task NextNumberAsync_Fresh_BeginsAt1001AndRises()
    {
        Assert.Equal(1001, await Store.NextNumberAsync(Stop));
        Assert.Equal(1002, await Store.NextNumberAsync(Stop));
    }

    [Fact]
    public async Task NextNumberAsync_ManyAtOnce_NeverRepeats()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(async () => await Store.NextNumberAsync(Stop))));

        Assert.Equal(500, numbers.Distinct().Count());
        Assert.Equal((1001, 1500), (numbers.Min(), numbers.Max()));
    }

    [Fact]
    public async Task NextNumberAsync_AfterAnOrderlyRestart_GoesOnWithoutAGap()
    {
        await Store.NextNumberAsync(Stop);
        await Store.NextNumberAsync(Stop);

        await ReopenAsync();

        Assert.Equal(1003, await Store.NextNumberAsync(Stop));
    }

    [Fact]
    public async Task CommitAsync_OneOfManyConflicts_TheOthersAreDone()
    {
        await DoneAsync(new MarkTold("taken", Monday));

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => CommitAsync(
            new SetTimer($"{i}", "before", Rows.Moment),
            new MarkTold(i == 50 ? "taken" : $"{i}", Monday),
            new SetTimer($"{i}", "after", Rows.Moment))));

        Assert.Equal(CommitResult.Conflict, results[50]);
        Assert.Equal(99, results.Count(result => result == CommitResult.Done));
        var timers = await Store.DueTimersAsync(Rows.Moment, 1000, Stop);
        Assert.Equal(198, timers.Count);
        Assert.DoesNotContain(timers, timer => timer.Subject == "50");
    }

    [Fact]
    public async Task CommitAsync_OneOfManyBreaksARule_ItThrowsAndTheOthersAreDone()
    {
        var neighbours = Enumerable.Range(0, 20).Select(i => CommitAsync(new SetTimer($"{i}", "x", Rows.Moment))).ToList();
        var broken = CommitAsync(new SetTimer("broken", "x", Rows.Moment), new PutText(Rows.Text("t", "a ticket that is not there")));
        neighbours.AddRange(Enumerable.Range(20, 20).Select(i => CommitAsync(new SetTimer($"{i}", "x", Rows.Moment))));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => broken);
        Assert.All(await Task.WhenAll(neighbours), result => Assert.Equal(CommitResult.Done, result));
        Assert.Equal(40, (await Store.DueTimersAsync(Rows.Moment, 1000, Stop)).Count);
    }

    [Fact]
    public async Task CommitAsync_TwoWritersOnOneTicket_EveryChangeIsApplied()
    {
        await DoneAsync(Rows.Opening("INC-1"));

        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                CommitResult result;
                do
                {
                    var ticket = (await ReadAsync(snapshot => snapshot.TicketAsync("INC-1")))!;
                    result = await CommitAsync(Rows.Claiming(ticket, $"writer-{writer}"));
                }
                while (result == CommitResult.Conflict);
            }
        })));

        Assert.Equal(101, (await ReadAsync(snapshot => snapshot.TicketAsync("INC-1")))!.Version);
        Assert.Equal(101, (await ReadAsync(snapshot => snapshot.EventsAsync("INC-1"))).Count);
    }

    [Fact]
    public async Task SnapshotAsync_CommitMeanwhile_StillSeesWhatItBeganWith()
    {
        await DoneAsync(Rows.Opening("INC-1"));
        await using var before = await Store.SnapshotAsync(Stop);
        Assert.Null((await before.TicketAsync("INC-1"))!.Owner);

        await DoneAsync(Rows.Claiming(Rows.Ticket("INC-1"), "ada"), new SetTimer("INC-1", "sla", Rows.Moment));

        Assert.Null((await before.TicketAsync("INC-1"))!.Owner);
        Assert.Single(await before.EventsAsync("INC-1"));
        Assert.Equal("ada", (await ReadAsync(snapshot => snapshot.TicketAsync("INC-1")))!.Owner);
    }

    [Fact]
    public async Task SnapshotAsync_AfterDispose_CannotBeRead()
    {
        var snapshot = await Store.SnapshotAsync(Stop);
        await snapshot.DisposeAsync();
        await snapshot.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await snapshot.TicketAsync("INC-1"));
    }

    [Fact]
    public async Task SnapshotAsync_FiftyOpenAtOnce_AllRead()
    {
        await DoneAsync(Rows.Opening("INC-1"));
        var snapshots = new List<IDeskSnapshot>();
        for (var i = 0; i < 50; i++)
        {
            snapshots.Add(await Store.SnapshotAsync(Stop));
        }

        foreach (var snapshot in snapshots)
        {
            Assert.NotNull(await snapshot.TicketAsync("INC-1"));
            await snapshot.DisposeAsync();
        }
    }

    [Fact]
    public async Task AcceptAsync_Closed_ThrowsUnavailable()
    {
        await CloseAsync(Store);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.AcceptAsync(Rows.Turn("k1"), Stop));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(new SetTimer("a", "b", Rows.Moment)));
    }
}
