using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// Accepts deliveries and has each decided once, in its conversation's order. A conflict before the commit decides again;
/// a turn whose code failed is never run again in place: it is recorded, and the person hears one honest sentence.
/// </summary>
public sealed partial class TurnQueue(IDeskStore store, Func<DeskBrain> brain, TimeProvider clock, Signals signals, ILogger<TurnQueue> logger) : ITurns, IDisposable
{
    private const int MostRepeats = 3;

    /// <summary>More accounts than most organisations have; beyond it the store is asked again rather than grow.</summary>
    private const int MostKnown = 100_000;

    /// <summary>In one process those who met a conflict go one after the other; across replicas only luck decides who commits first.</summary>
    private const int MostRepeatsShared = 20;

    // Deciding is work for the processor: more at once would only hold more snapshots open, each with a connection and its memory.
    private static readonly int MostAtOnce = Math.Max(8, 4 * Environment.ProcessorCount);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenTakeovers = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UntilStoreIsAskedAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _accepting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _lanes = new(StringComparer.Ordinal);
    private readonly NumberedLanes _numbered = new();
    private readonly ConcurrentDictionary<string, Run> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly SemaphoreSlim _deciding = new(MostAtOnce);
    private readonly Lock _gate = new();

    /// <summary>Turns accepted and not decided in this process.</summary>
    public int Running => _running.Count;

    public async Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        var masked = Masked(turn);
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await BeforeAsync(turn.Place.Key, mine.Task);
        try
        {
            var accepted = await store.AcceptAsync(masked, cancellationToken);
            return accepted.Answer is { } given
                ? new Received(false, Task.FromResult(given))
                : new Received(accepted.IsNew, Enqueue(masked, accepted.Seq).Run.Done.Task);
        }
        finally
        {
            _accepting.TryRemove(new KeyValuePair<string, Task>(turn.Place.Key, mine.Task));
            mine.SetResult();
        }
    }

    public async Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (store is ISharedStore)
        {
            // Among replicas the order of a conversation is that of its inbox rows: nothing is decided before it has one.
            var received = await AcceptAsync(turn, cancellationToken);
            return new Decided(received.IsNew, await received.Answer);
        }

        var (run, isFirst) = Enqueue(Masked(turn), seq: null);
        var answer = await run.Done.Task;
        return new Decided(isFirst && !run.WasDecidedBefore, answer);
    }

    public async ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken)
    {
        var key = $"{channel}:{account}";
        if (_known.ContainsKey(key))
        {
            return true;
        }

        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        var known = await snapshot.PersonByAccountAsync(channel, account) is { Email: not null };
        if (known)
        {
            if (_known.Count >= MostKnown)
            {
                _known.Clear();
            }

            _known.TryAdd(key, true);
        }

        return known;
    }

    /// <summary>Takes up what an earlier run accepted and did not decide.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await store.UndoneTurnsAsync(cancellationToken))
        {
            _ = Enqueue(row.Turn, row.Seq);
        }
    }

    /// <summary>Takes over what replicas that are gone left undecided or unsent. Runs until cancelled, and only on a store that replicas share.</summary>
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        while (store is ISharedStore && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var row in await store.AbandonedTurnsAsync(cancellationToken))
                {
                    LogTakenOver(row.Seq);
                    Enqueue(row.Turn, row.Seq);
                }

                signals.OutboxChanged();
            }
            catch (StoreUnavailableException)
            {
                // Whoever holds a turn says so.
            }

            await Task.Delay(BetweenTakeovers, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _oneAtATime.Dispose();
        _deciding.Dispose();
    }

    /// <summary>Ends when everything accepted so far is decided.</summary>
    public Task DrainedAsync() => Task.WhenAll(_running.Values.Select(run => run.Done.Task));

    /// <summary>
    /// Two deliveries of one conversation at the same moment are stored one after the other: otherwise the one that got the
    /// lower number might be told of it later, and stand behind the other in their lane.
    /// </summary>
    private Task BeforeAsync(string conversation, Task mine)
    {
        Task? before = null;
        _ = _accepting.AddOrUpdate(conversation, mine, (_, other) =>
        {
            before = other;
            return mine;
        });
        return before ?? Task.CompletedTask;
    }

    /// <summary>Appends the turn to its conversation's lane; the same delivery twice is one run with one answer.</summary>
    /// <param name="seq">The inbox row; <c>null</c>: it gets one with what is decided.</param>
    private (Run Run, bool IsFirst) Enqueue(Turn turn, long? seq)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(turn.Key, out var running))
            {
                return (running, false);
            }

            var run = new Run(turn) { Seq = seq };
            _running[turn.Key] = run;
            if (store is ISharedStore && seq is { } number)
            {
                _ = RunByNumberAsync(run, number);
                return (run, true);
            }

            var key = turn.Place.Key;
            var before = _lanes.GetValueOrDefault(key);
            var lane = RunAfterAsync(before, run);
            _lanes[key] = lane;
            _ = lane.ContinueWith(_ => _lanes.TryRemove(new KeyValuePair<string, Task>(key, lane)), TaskScheduler.Default);
            return (run, true);
        }
    }

    private async Task RunByNumberAsync(Run run, long number)
    {
        var conversation = run.Turn.Place.Key;
        await RunAfterAsync(_numbered.EnterAsync(conversation, number), run);
        _numbered.Leave(conversation, number);
    }

    private async Task RunAfterAsync(Task? before, Run run)
    {
        if (before is not null)
        {
            await before;
        }

        await Task.Yield();
        using var patience = new CancellationTokenSource();
        var waiting = OneMomentAsync(run.Turn, patience.Token);
        Answer? answer = null;
        StoreUnavailableException? unavailable = null;
        try
        {
            answer = await RunAsync(run);
        }
        catch (StoreUnavailableException failure)
        {
            unavailable = failure;
        }

        patience.Cancel();
        await waiting;
        _running.TryRemove(run.Turn.Key, out _);
        if (answer is not null)
        {
            run.Done.SetResult(answer);
        }
        else
        {
            run.Done.SetException(unavailable!);
        }
    }

    /// <summary>The boundary of a turn: everything that goes wrong in it ends here.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of the delivery is stored.</exception>
    private async Task<Answer> RunAsync(Run run)
    {
        var heldUp = 0;
        while (true)
        {
            try
            {
                return await AttemptAsync(run) ?? await AgainAsync(run);
            }
            catch (StoreUnavailableException) when (run.Seq is null)
            {
                throw;
            }
            catch (StoreUnavailableException away)
            {
                // Nothing was changed, or the inbox mark will tell that it was. The code is not at fault: the turn waits for the store.
                LogStoreAway(away, run.Seq!.Value);
                await Task.Delay(UntilStoreIsAskedAgain, clock);
            }
            catch (RegexMatchTimeoutException late) when (++heldUp < MostRepeats)
            {
                // No text keeps a pattern busy for so long (HostileTextTests): the machine stood still meanwhile.
                LogHeldUp(late, run.Seq, run.Turn.Input.GetType().Name);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                return await FailAsync(run, failure);
            }
        }
    }

    /// <summary>Decides and commits; <c>null</c> when something read has changed meanwhile.</summary>
    private async Task<Answer?> AttemptAsync(Run run)
    {
        var decision = await DecideAsync(run.Turn);
        decision.Add(run.Seq is { } seq ? new MarkTurnDone(seq, decision.Answer) { Forget = IsAnonymous(run.Turn) } : new TakeTurn(run.Turn, decision.Answer));
        if (await store.CommitAsync(decision.ToUnit(), CancellationToken.None) != CommitResult.Done)
        {
            return null;
        }

        signals.Committed(decision);
        return decision.Answer;
    }

    /// <summary>Those who met a conflict go one after the other, so that a crowd around one ticket does not defeat itself for ever.</summary>
    private async Task<Answer> AgainAsync(Run run)
    {
        for (var attempt = 1; attempt <= (store is ISharedStore ? MostRepeatsShared : MostRepeats); attempt++)
        {
            if (await ElsewhereAsync(run) is { } given)
            {
                return given;
            }

            await _oneAtATime.WaitAsync();
            try
            {
                if (await AttemptAsync(run) is { } answer)
                {
                    return answer;
                }
            }
            finally
            {
                _oneAtATime.Release();
            }
        }

        throw new InvalidOperationException($"Turn {run.Seq} met a conflict each time.");
    }

    /// <summary>Its answer when it was decided meanwhile, or long ago and this is a second delivery; <c>null</c> as soon as nothing of its conversation comes before it.</summary>
    private async Task<Answer?> ElsewhereAsync(Run run)
    {
        while (true)
        {
            using var stored = signals.ExpectStored();
            var seq = run.Seq ??= (await store.AcceptAsync(run.Turn, CancellationToken.None)).Seq;
            var progress = await store.ProgressAsync(seq, run.Turn, CancellationToken.None);
            if (progress.Given is not null)
            {
                // Whoever decided it may be gone by now.
                run.WasDecidedBefore = true;
                signals.OutboxChanged();
            }

            if (progress.Given is not null || progress.IsNext)
            {
                return progress.Given;
            }

            await stored.WaitAsync(LookAgain, clock);
        }
    }

    private async Task<Decision> DecideAsync(Turn turn)
    {
        await _deciding.WaitAsync();
        try
        {
            return await DecideOnSnapshotAsync(turn);
        }
        finally
        {
            _deciding.Release();
        }
    }

    private async Task<Decision> DecideOnSnapshotAsync(Turn turn)
    {
        await using var snapshot = await store.SnapshotAsync(turn, CancellationToken.None);
        return await Deciding.DecideAsync(turn, snapshot, brain(), () => store.NextNumberAsync(CancellationToken.None), clock.GetUtcNow());
    }

    private async Task<Answer> FailAsync(Run run, Exception failure)
    {
        var seq = run.Seq ??= (await store.AcceptAsync(run.Turn, CancellationToken.None)).Seq;
        var turn = run.Turn;
        LogFailed(failure, seq, turn.Input.GetType().Name);
        var sorry = Card.Of(Phrase.Key("failure.sorry", ("turn", $"T-{seq}")));
        Answer answer = turn.Input is Said ? Answer.None : new Tell(sorry);
        try
        {
            var writes = new List<Write> { new MarkTurnDone(seq, answer), new RecordFailure(seq, failure.GetType().Name) };
            if (turn.Input is Said { Addressed: true })
            {
                writes.Add(new Send(new OutboxMessage(turn.Place, new Post(sorry), "en", null)));
            }

            while (await store.CommitAsync(new UnitOfWork(writes), CancellationToken.None) == CommitResult.OutOfTurn)
            {
                if (await ElsewhereAsync(run) is { } given)
                {
                    return given;
                }
            }

            signals.OutboxChanged();
        }
        catch (StoreUnavailableException unavailable) when (store is ISharedStore)
        {
            LogStoreAway(unavailable, seq);
            await Task.Delay(UntilStoreIsAskedAgain, clock);
            return await FailAsync(run, failure);
        }
        catch (StoreUnavailableException unavailable)
        {
            // The row stays undone: it is decided again at the next start, which is the only honest thing left to do.
            LogNotRecorded(unavailable, seq);
        }

        return answer;
    }

    /// <summary>People who wait longer than two seconds for a first word hear that it was received.</summary>
    private async Task OneMomentAsync(Turn turn, CancellationToken done)
    {
        if (turn.Input is not Said { Addressed: true })
        {
            return;
        }

        // Nearly every turn is answered in time: that is no exception.
        await Task.Delay(Patience, clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (done.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await store.CommitAsync(new UnitOfWork([new Send(new OutboxMessage(turn.Place, new Post(Card.Of(Phrase.Key("intake.one-moment"))), "en", null))]), CancellationToken.None);
            signals.OutboxChanged();
        }
        catch (StoreUnavailableException)
        {
            // A courtesy: the turn it is about, and all that wait behind it, must not fail with it.
        }
    }

    private static bool IsAnonymous(Turn turn) => turn.Input is Pressed { Action: "survey" };

    private static Turn Masked(Turn turn) => turn.Input switch
    {
        Said said when Masking.Of(said.Text) is var masked && masked.Text != said.Text => turn with { Input = said with { Text = masked.Text, Masked = masked.Found, HealthMasked = masked.Health } },
        Edited edited => turn with { Input = edited with { Text = Masking.Of(edited.Text).Text } },
        TicketFromMessage message => turn with { Input = message with { Text = Masking.Of(message.Text).Text } },
        RaisedByProgram raised => turn with { Input = raised with { Text = Masking.Of(raised.Text).Text } },
        NotedByProgram noted => turn with { Input = noted with { Text = Masking.Of(noted.Text).Text } },
        Pressed pressed when pressed.Fields.Count > 0 => turn with { Input = pressed with { Fields = pressed.Fields.ToDictionary(field => field.Key, field => Masking.Of(field.Value).Text, StringComparer.Ordinal) } },
        _ => turn,
    };

    /// <summary>A delivery on its way to an answer.</summary>
    private sealed class Run(Turn turn)
    {
        public Turn Turn => turn;

        public long? Seq { get; set; }

        /// <summary>True for a second delivery: nothing was decided, the stored answer is given again.</summary>
        public bool WasDecidedBefore { get; set; }

        /// <summary>Faults only with <see cref="StoreUnavailableException"/>, and only when nothing is stored.</summary>
        public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(2001, LogLevel.Error, "Turn {Seq} ({Kind}) failed and was recorded")]
    private partial void LogFailed(Exception failure, long seq, string kind);

    [LoggerMessage(2003, LogLevel.Error, "Turn {Seq} waits: the store is away")]
    private partial void LogStoreAway(Exception failure, long seq);

    [LoggerMessage(2005, LogLevel.Warning, "Turn {Seq} ({Kind}) was held up and is decided again")]
    private partial void LogHeldUp(Exception late, long? seq, string kind);

    [LoggerMessage(2004, LogLevel.Warning, "Turn {Seq} was left undecided by a replica that is gone and is decided here")]
    private partial void LogTakenOver(long seq);

    [LoggerMessage(2002, LogLevel.Critical, "Turn {Seq} failed and could not be recorded; it is decided again at the next start")]
    private partial void LogNotRecorded(Exception failure, long seq);
}
