using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// Decides one turn and commits it. A conflict before the commit decides again; a turn whose code failed is never run again in place:
/// it is recorded, and the person hears one honest sentence.
/// </summary>
internal sealed partial class TurnRunner(IDeskStore store, Func<DeskBrain> brain, TimeProvider clock, Signals signals, ILogger logger) : IDisposable
{
    private const int MostRepeats = 3;

    /// <summary>In one process those who met a conflict go one after the other; across replicas only luck decides who commits first.</summary>
    private const int MostRepeatsShared = 20;

    // Deciding is work for the processor: more at once would only hold more snapshots open, each with a connection and its memory.
    private static readonly int MostAtOnce = Math.Max(8, 4 * Environment.ProcessorCount);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UntilStoreIsAskedAgain = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly SemaphoreSlim _deciding = new(MostAtOnce);

    /// <summary>The boundary of a turn: everything that goes wrong in it ends here.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of the delivery is stored.</exception>
    public async Task<Answer> RunAsync(TurnRun run)
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
    private async Task<Answer?> AttemptAsync(TurnRun run)
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
    private async Task<Answer> AgainAsync(TurnRun run)
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
    private async Task<Answer?> ElsewhereAsync(TurnRun run)
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

    private async Task<Answer> FailAsync(TurnRun run, Exception failure)
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
    public async Task OneMomentAsync(Turn turn, CancellationToken done)
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

    public void Dispose()
    {
        _oneAtATime.Dispose();
        _deciding.Dispose();
    }

    [LoggerMessage(2001, LogLevel.Error, "Turn {Seq} ({Kind}) failed and was recorded")]
    private partial void LogFailed(Exception failure, long seq, string kind);

    [LoggerMessage(2003, LogLevel.Error, "Turn {Seq} waits: the store is away")]
    private partial void LogStoreAway(Exception failure, long seq);

    [LoggerMessage(2005, LogLevel.Warning, "Turn {Seq} ({Kind}) was held up and is decided again")]
    private partial void LogHeldUp(Exception late, long? seq, string kind);

    [LoggerMessage(2002, LogLevel.Critical, "Turn {Seq} failed and could not be recorded; it is decided again at the next start")]
    private partial void LogNotRecorded(Exception failure, long seq);
}
