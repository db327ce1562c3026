using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Simulation.Tests;

/// <summary>A check that never fires checks nothing: each is shown a store that does the one thing it is there for.</summary>
public sealed class ChecksTests
{
    [Fact]
    public Task Run_StoreTakesADeliveryTwice_IsCaught() => BreaksAsync("one row per delivery", store => new TakesTwice(store));

    [Fact]
    public Task Run_StoreForgetsTheAnswer_IsCaught() => BreaksAsync("a second delivery gets the same answer", store => new ForgetsAnswers(store));

    [Fact]
    public Task Run_StoreLosesAMessage_IsCaught() => BreaksAsync("everything ends when the world calms down", store => new Loses<Send>(store));

    [Fact]
    public Task Run_StoreLosesATimer_IsCaught() => BreaksAsync("everything ends when the world calms down", store => new Loses<SetTimer>(store));

    [Fact]
    public Task Run_StoreForgetsWhatWasSent_IsCaught() => BreaksAsync("what is settled is not sent again", store => new ForgetsSent(store));

    [Fact]
    public Task Run_StoreForgetsUndoneTurns_IsCaught() => BreaksAsync("a conversation keeps its order", store => new ForgetsUndone(store));

    [Fact]
    public Task Run_StoredTicketDiffersFromItsEvents_IsCaught() => BreaksAsync("events reproduce the stored ticket", store => new ChangesTickets(store));

    [Fact]
    public Task Run_StoreKeepsASummaryOfWordsTakenBack_IsCaught() => BreaksAsync("what was taken back is nowhere any more", store => new KeepsSummaries(store));

    private static async Task BreaksAsync(string rule, Func<IDeskStore, IDeskStore> broken)
    {
        // One host, and runs enough for the fault to matter; the first that shows it ends the search.
        foreach (var seed in Enumerable.Range(1, 30).Where(seed => seed % 3 != 0))
        {
            var result = await Run.OfAsync(seed, days: 3, change: world => world.Store.Seen = broken);
            if (result.Failure is { } failure)
            {
                Assert.Contains(rule, failure, StringComparison.Ordinal);
                return;
            }
        }

        Assert.Fail("Nothing was noticed.");
    }

    private sealed class TakesTwice(IDeskStore store) : BrokenStore(store)
    {
        private int _asked;

        public override Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken) =>
            base.AcceptAsync(turn with { Key = $"{turn.Key}:{++_asked}" }, cancellationToken);
    }

    private sealed class ForgetsAnswers(IDeskStore store) : BrokenStore(store)
    {
        public override async Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken)
        {
            var accepted = await base.AcceptAsync(turn, cancellationToken);
            return accepted.Answer is null ? accepted : accepted with { Answer = new Recorded("INC-1", null) };
        }
    }

    private sealed class Loses<TWrite>(IDeskStore store) : BrokenStore(store)
        where TWrite : Write
    {
        private int _seen;

        public override Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken) =>
            base.CommitAsync(new UnitOfWork([.. unit.Writes.Where(write => write is not TWrite || ++_seen % 20 != 0)]), cancellationToken);
    }

    private sealed class ForgetsSent(IDeskStore store) : BrokenStore(store)
    {
        private int _seen;

        public override Task MarkSentAsync(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at, CancellationToken cancellationToken) =>
            ++_seen % 50 == 0 ? Task.CompletedTask : base.MarkSentAsync(message, sent, at, cancellationToken);
    }

    private sealed class ForgetsUndone(IDeskStore store) : BrokenStore(store)
    {
        public override Task<IReadOnlyList<InboxRow>> UndoneTurnsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<InboxRow>>([]);
    }

    private sealed class ChangesTickets(IDeskStore store) : BrokenStore(store)
    {
        public override Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken) =>
            base.CommitAsync(new UnitOfWork([.. unit.Writes.Select(write => write is PutTicket { Ticket.State: TicketState.Resolved } put ? put with { Ticket = put.Ticket with { Service = "another" } } : write)]), cancellationToken);
    }

    private sealed class KeepsSummaries(IDeskStore store) : BrokenStore(store)
    {
        public override Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken) => base.CommitAsync(
            unit.Writes.Any(write => write is ChangeText) ? new UnitOfWork([.. unit.Writes.Select(write => write is PutTicket put ? put with { Summary = null } : write)]) : unit,
            cancellationToken);
    }
}
