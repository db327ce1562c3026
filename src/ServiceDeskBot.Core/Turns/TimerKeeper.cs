using Microsoft.Extensions.Logging;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Lets due timers act. Timers are rows: a restart loses none, and one that was missed meanwhile rings at start.</summary>
public sealed partial class TimerKeeper(IDeskStore store, Func<DeskBrain> brain, TimeProvider clock, Signals signals, ILogger<TimerKeeper> logger)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // Awake: a timer set while the store is asked is not missed.
                signals.TimersSleepUntil = DateTimeOffset.MaxValue;
                if (await RingAsync(cancellationToken) == 0)
                {
                    var next = await store.NextTimerDueAsync(cancellationToken) - clock.GetUtcNow();
                    var wait = next is { } span && span < LongestWait ? span : LongestWait;
                    wait = wait > TimeSpan.FromMilliseconds(20) ? wait : TimeSpan.FromMilliseconds(20);
                    signals.TimersSleepUntil = clock.GetUtcNow() + wait;
                    await signals.TimersAsync(wait, clock, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                LogPaused(failure);
                await signals.TimersAsync(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
        }
    }

    /// <summary>Lets everything due act once; how many that were.</summary>
    public async Task<int> RingAsync(CancellationToken cancellationToken)
    {
        var due = await store.DueTimersAsync(clock.GetUtcNow(), AtOnce, cancellationToken);
        foreach (var timer in due)
        {
            await RingAsync(timer, cancellationToken);
        }

        return due.Count;
    }

    private async Task RingAsync(DueTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            if (timer.Kind == TimerKinds.Retention)
            {
                await ForgetAsync(timer, cancellationToken);
                return;
            }

            Decision decision;
            await using (var snapshot = await store.SnapshotAsync(cancellationToken))
            {
                decision = await TimerDeciding.DecideAsync(timer, snapshot, brain(), () => store.NextNumberAsync(cancellationToken), clock.GetUtcNow());
            }

            // First of all: whoever clears the timer lets it ring, on whichever replica.
            if (await store.CommitAsync(new UnitOfWork([new TakeTimer(timer), .. decision.ToUnit().Writes]), cancellationToken) == CommitResult.Done)
            {
                signals.Committed(decision);
            }
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException or StoreUnavailableException))
        {
            // A timer whose code fails must not keep the others from ringing: it is tried again later, and the operator sees it.
            LogFailed(failure, timer.Kind, timer.Subject);
            await store.CommitAsync(new UnitOfWork([new SetTimer(timer.Subject, timer.Kind, clock.GetUtcNow() + AfterFailure)]), cancellationToken);
        }
    }

    private async Task ForgetAsync(DueTimer timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var retention = brain().Desk.Policies.Retention;
        await store.ForgetAsync(now - retention.Inbox, now - retention.Outbox, cancellationToken);
        await store.CommitAsync(new UnitOfWork([new SetTimer(timer.Subject, timer.Kind, now + TimeSpan.FromDays(1))]), cancellationToken);
    }

    [LoggerMessage(4001, LogLevel.Error, "Timers paused: the store could not be read")]
    private partial void LogPaused(Exception failure);

    [LoggerMessage(4002, LogLevel.Error, "Timer {Kind} of {Subject} failed and is tried again later")]
    private partial void LogFailed(Exception failure, string kind, string subject);
}
