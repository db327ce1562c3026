using System.Collections.Concurrent;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.PostgreSql;
using ServiceDeskBot.Storage.Stores;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>Two stores on one PostgreSQL database: nothing is decided, sent or rung by both, and nothing is left behind by one that is gone.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private PostgreSqlServer _server = null!;
    private PostgreSqlDeskStore _one = null!;
    private PostgreSqlDeskStore _two = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.NewDatabaseAsync();
        var opened = await Task.WhenAll(OpenAsync(), OpenAsync());
        (_one, _two) = (opened[0], opened[1]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null)
        {
            await _one.DisposeAsync();
            await _two.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task OpenAsync_Together_MigratesOnce() =>
        Assert.Equal(string.Join(',', Migration.Of("PostgreSql").Select(migration => migration.Version)), await _server.ReadAsync("SELECT string_agg(version::text, ',' ORDER BY version) FROM schema_versions"));

    [Fact]
    public async Task PutModelsAsync_OnOne_IsReadOnTheOtherOnceAndNotPutOverALaterChoice()
    {
        Assert.Null(await _two.ModelsAsync("", Stop));
        Assert.True(await _one.PutModelsAsync(new SharedModels("first", [1, 2], []), "", Stop));

        var read = await _two.ModelsAsync("", Stop);

        Assert.Equal(("first", 2, 0), (read!.Mark, read.Running.Length, read.Previous.Length));
        Assert.Null(await _two.ModelsAsync("first", Stop));
        Assert.False(await _two.PutModelsAsync(new SharedModels("blind", [3], []), "", Stop));
        Assert.True(await _two.PutModelsAsync(new SharedModels("second", [3], [1, 2]), "first", Stop));
        Assert.Equal([1, 2], (await _one.ModelsAsync("first", Stop))!.Previous);
    }

    [Fact]
    public async Task AcceptAsync_SameKeyOnBoth_OnlyOneIsNew()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _one : _two).AcceptAsync(Rows.Turn("k1"), Stop)));

        Assert.Single(accepted, one => one.IsNew);
        Assert.Single(accepted.Select(one => one.Seq).Distinct());
    }

    [Fact]
    public async Task MarkTurnDone_EarlierOneUndoneOnTheOther_IsOutOfTurnUntilItIsDone()
    {
        var first = await _one.AcceptAsync(Rows.Turn("first"), Stop);
        var second = await _two.AcceptAsync(Rows.Turn("second"), Stop);
        var elsewhere = await _two.AcceptAsync(Rows.Turn("elsewhere") with { Place = Rows.Thread }, Stop);

        Assert.Equal(CommitResult.OutOfTurn, await MarkAsync(_two, second));
        Assert.Equal(CommitResult.Done, await MarkAsync(_two, elsewhere));
        Assert.Equal(CommitResult.Done, await MarkAsync(_one, first));
        Assert.Equal(CommitResult.Done, await MarkAsync(_two, second));
        Assert.Equal(CommitResult.OutOfTurn, await MarkAsync(_one, second));
    }

    [Fact]
    public async Task MarkTurnDone_EarlierOneFailed_GoesOn()
    {
        var first = await _one.AcceptAsync(Rows.Turn("first"), Stop);
        var second = await _two.AcceptAsync(Rows.Turn("second"), Stop);
        await _one.CommitAsync(new UnitOfWork([new RecordFailure(first.Seq, "x")]), Stop);

        Assert.Equal(CommitResult.Done, await MarkAsync(_two, second));
    }

    [Fact]
    public async Task MarkTurnDone_OnBothAtOnce_IsDoneOnce()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => _one.AcceptAsync(Rows.Turn($"k{i}") with { Place = Rows.Chat with { Conversation = $"D{i}" } }, Stop)));

        var results = await Task.WhenAll(accepted.SelectMany(one => (Task<CommitResult>[])[MarkAsync(_one, one), MarkAsync(_two, one)]));

        Assert.Equal((30, 30), (results.Count(result => result == CommitResult.Done), results.Count(result => result == CommitResult.OutOfTurn)));
    }

    [Fact]
    public async Task AbandonedTurnsAsync_OtherLives_LeavesItsWork()
    {
        await _one.AcceptAsync(Rows.Turn("k1"), Stop);

        Assert.Empty(await _two.AbandonedTurnsAsync(Stop));
        Assert.Empty(await _two.UndoneTurnsAsync(Stop));
    }

    [Fact]
    public async Task AbandonedTurnsAsync_OtherIsGone_TakesItsWorkOnce()
    {
        await _one.AcceptAsync(Rows.Turn("k1"), Stop);
        await _one.AcceptAsync(Rows.Turn("k2"), Stop);
        await using var third = await OpenAsync();

        await _one.DisposeAsync();
        var taken = await Task.WhenAll(_two.AbandonedTurnsAsync(Stop), third.AbandonedTurnsAsync(Stop));

        Assert.Equal(["k1", "k2"], taken.SelectMany(rows => rows).Select(row => row.Turn.Key).Order());
        Assert.Empty(await _two.AbandonedTurnsAsync(Stop));
    }

    [Fact]
    public async Task AbandonedTurnsAsync_OtherWasNotSeenForLong_TakesItsWork()
    {
        await _server.ReadAsync(
            """
            INSERT INTO replicas (tenant_id, id, seen_at) VALUES ('default', 'stalled', clock_timestamp() - interval '11 seconds'), ('default', 'slow', clock_timestamp() - interval '5 seconds');
            INSERT INTO inbox (tenant_id, turn_key, conversation, turn, accepted_at, replica)
            SELECT 'default', who, who, '{"key":"' || who || '","place":{"channel":"slack","conversation":"D1","kind":"Personal"},"from":{"account":"U1","name":"Z"},"input":{"kind":"arrived"},"at":"2026-03-02T11:15:30+00:00"}', 'x', who
            FROM unnest(ARRAY['stalled', 'slow']) who
            """);
        Assert.SkipWhen(await _server.ReadAsync("SELECT pg_postmaster_start_time() > clock_timestamp() - interval '10 seconds'") == "True", "the server has just started: nobody counts as gone yet");

        Assert.Equal("stalled", Assert.Single(await _two.AbandonedTurnsAsync(Stop)).Turn.Key);
    }

    [Fact]
    public async Task DueMessagesAsync_OnBothAtOnce_EachMessageIsHandedOutOnceAndEachLaneInOrder()
    {
        for (var i = 0; i < 60; i++)
        {
            await _one.CommitAsync(new UnitOfWork([new Send(Rows.Message($"{i}", Rows.Chat with { Conversation = $"D{i % 20}" }))]), Stop);
        }

        var handedOut = new ConcurrentQueue<OutboxMessage>();
        await Task.WhenAll(((PostgreSqlDeskStore[])[_one, _two]).Select(store => Task.Run(async () =>
        {
            while ((await FiguresAsync()).UnsentMessages > 0)
            {
                await SendAsync(store, handedOut);
            }
        })));

        Assert.Equal(60, handedOut.DistinctBy(message => message.Id).Count());
        Assert.Equal(60, handedOut.Count);
        Assert.All(handedOut.GroupBy(message => message.Lane), lane => Assert.Equal(lane.Select(message => message.Id).Order(), lane.Select(message => message.Id)));
    }

    [Fact]
    public async Task DueMessagesAsync_SenderIsGone_TheOtherSends()
    {
        await _one.CommitAsync(new UnitOfWork([new Send(Rows.Message("a"))]), Stop);
        Assert.Single(await _one.DueMessagesAsync(Rows.Moment, [], 10, Stop));
        Assert.Empty(await _two.DueMessagesAsync(Rows.Moment, [], 10, Stop));

        await _one.DisposeAsync();

        Assert.Single(await _two.DueMessagesAsync(Rows.Moment, [], 10, Stop));
    }

    [Fact]
    public async Task TakeTimer_OnBoth_RingsOnce()
    {
        var timer = new DueTimer("INC-1", "sla", Rows.Moment);
        await _one.CommitAsync(new UnitOfWork([new SetTimer(timer.Subject, timer.Kind, timer.Due)]), Stop);

        var results = await Task.WhenAll(((PostgreSqlDeskStore[])[_one, _two]).Select(store =>
            store.CommitAsync(new UnitOfWork([new TakeTimer(timer), new SetTimer(timer.Subject, timer.Kind, timer.Due.AddHours(1)), new Send(Rows.Message("rings"))]), Stop)));

        Assert.Equal([CommitResult.Done, CommitResult.Conflict], results.Order());
        Assert.Equal(1, (await FiguresAsync()).UnsentMessages);
    }

    [Fact]
    public async Task NextNumberAsync_OnBoth_NeverRepeats()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () => await (i % 2 == 0 ? _one : _two).NextNumberAsync(Stop))));

        Assert.Equal(400, numbers.Distinct().Count());
    }

    [Fact]
    public async Task CommitAsync_OnOne_IsHeardByTheOther()
    {
        var heard = new TaskCompletionSource<IReadOnlyList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _two.ChangedElsewhere = tickets => _ = tickets.Count > 0 && heard.TrySetResult(tickets);

        // A replica that has just joined may not be known yet.
        for (var i = 1; !heard.Task.IsCompleted; i++)
        {
            await _one.CommitAsync(new UnitOfWork([Rows.Opening($"INC-{i}")]), Stop);
            await Task.WhenAny(heard.Task, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop));
        }

        Assert.Contains(await heard.Task, ticket => ticket.StartsWith("INC-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CommitAsync_WhenBothHaveShownThemselvesAgain_IsStillHeardByTheOther()
    {
        var began = await _server.ReadAsync("SELECT clock_timestamp()::text");
        while (await _server.ReadAsync($"SELECT min(seen_at) > '{began}'::timestamptz + interval '2.5 seconds' FROM replicas") != "True")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        var heard = new TaskCompletionSource<IReadOnlyList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _two.ChangedElsewhere = tickets => _ = tickets.Count > 0 && heard.TrySetResult(tickets);
        await _one.CommitAsync(new UnitOfWork([Rows.Opening("INC-1")]), Stop);

        Assert.Equal(["INC-1"], await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Stop));
    }

    [Fact]
    public async Task AnonymousFeedback_ManyAnswers_ShareTransactionAndOrder()
    {
        for (var i = 1; i <= 4; i++)
        {
            await _one.CommitAsync(new UnitOfWork([new PutAnonymousFeedback(new AnonymousFeedback("network", new DateOnly(2026, 3, 2), new Scores("yes", i, "yes", null)))]), Stop);
        }

        Assert.Equal("4 1", await _server.ReadAsync("SELECT count(*) || ' ' || count(DISTINCT xmin::text) FROM anonymous_feedback"));
        Assert.Equal("True", await _server.ReadAsync("SELECT array_agg(shuffle ORDER BY ctid) = array_agg(shuffle ORDER BY shuffle) FROM anonymous_feedback"));
    }

    private static async Task SendAsync(PostgreSqlDeskStore store, ConcurrentQueue<OutboxMessage> sent)
    {
        foreach (var message in await store.DueMessagesAsync(Rows.Moment, [], 7, Stop))
        {
            sent.Enqueue(message);
            await store.MarkSentAsync(message, new SendResult.Sent($"p{message.Id}", message.To), Rows.Moment, Stop);
        }
    }

    private static Task<CommitResult> MarkAsync(PostgreSqlDeskStore store, Accepted accepted) =>
        store.CommitAsync(new UnitOfWork([new MarkTurnDone(accepted.Seq, Answer.None)]), Stop);

    private async Task<PostgreSqlDeskStore> OpenAsync()
    {
        var store = new PostgreSqlDeskStore(_server.ConnectionString, new ManualClock());
        await store.OpenAsync(Stop);
        return store;
    }

    private async Task<StoreFigures> FiguresAsync()
    {
        await using var snapshot = await _one.SnapshotAsync(Stop);
        return await snapshot.FiguresAsync();
    }
}
