using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Accepts deliveries and has each decided once, in its conversation's order.</summary>
public sealed partial class TurnQueue(IDeskStore store, Func<DeskBrain> brain, TimeProvider clock, Signals signals, ILogger<TurnQueue> logger) : ITurns, IDisposable
{
    /// <summary>More accounts than most organisations have; beyond it the store is asked again rather than grow.</summary>
    private const int MostKnown = 100_000;

    private static readonly TimeSpan BetweenTakeovers = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Task> _accepting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _lanes = new(StringComparer.Ordinal);
    private readonly NumberedLanes _numbered = new();
    private readonly ConcurrentDictionary<string, TurnRun> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly TurnRunner _runner = new(store, brain, clock, signals, logger);
    private readonly Lock _gate = new();

    // A dictionary that many threads write takes all its locks to count itself.
    private int _knownCount;

    /// <summary>Turns accepted and not decided in this process.</summary>
    public int Running => _running.Count;

    public async Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        var masked = Masking.Of(turn);
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

        var (run, isFirst) = Enqueue(Masking.Of(turn), seq: null);
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

        var known = await store.HasMailOfAsync(channel, account, cancellationToken);
        if (known && _known.TryAdd(key, true) && Interlocked.Increment(ref _knownCount) > MostKnown)
        {
            _known.Clear();
            Interlocked.Exchange(ref _knownCount, 0);
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

    public void Dispose() => _runner.Dispose();

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
    private (TurnRun Run, bool IsFirst) Enqueue(Turn turn, long? seq)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(turn.Key, out var running))
            {
                return (running, false);
            }

            var run = new TurnRun(turn) { Seq = seq };
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

    private async Task RunByNumberAsync(TurnRun run, long number)
    {
        var conversation = run.Turn.Place.Key;
        await RunAfterAsync(_numbered.EnterAsync(conversation, number), run);
        _numbered.Leave(conversation, number);
    }

    private async Task RunAfterAsync(Task? before, TurnRun run)
    {
        if (before is not null)
        {
            await before;
        }

        await Task.Yield();
        using var patience = new CancellationTokenSource();
        var waiting = _runner.OneMomentAsync(run.Turn, patience.Token);
        Answer? answer = null;
        StoreUnavailableException? unavailable = null;
        try
        {
            answer = await _runner.RunAsync(run);
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

    [LoggerMessage(2004, LogLevel.Warning, "Turn {Seq} was left undecided by a replica that is gone and is decided here")]
    private partial void LogTakenOver(long seq);
}
