using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Wakes those who wait for stored work, so that nobody polls: the sender of messages, the keeper of timers, the index of similar texts.</summary>
public sealed class Signals
{
    private readonly WakeUp _outbox = new();
    private readonly WakeUp _timers = new();
    private long _timersSleepUntil = DateTimeOffset.MaxValue.Ticks;
    private int _waiting;
    private TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called after a commit with the tickets it changed.</summary>
    public Action<IReadOnlyList<Ticket>>? TicketsChanged { get; set; }

    /// <summary>Until when the keeper of timers sleeps: only an earlier timer need wake it.</summary>
    public DateTimeOffset TimersSleepUntil
    {
        get => new(Interlocked.Read(ref _timersSleepUntil), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _timersSleepUntil, value.UtcTicks);
    }

    /// <summary>A decision is stored.</summary>
    public void Committed(Decision decision)
    {
        OutboxChanged();
        Stored();
        if (decision.EarliestTimer < TimersSleepUntil)
        {
            _timers.Ring();
        }

        var tickets = decision.Tickets.ToList();
        if (tickets.Count > 0)
        {
            TicketsChanged?.Invoke(tickets);
        }
    }

    /// <summary>For who set timers without a decision, or moved the clock.</summary>
    public void TimersChanged() => _timers.Ring();

    public void OutboxChanged() => _outbox.Ring();

    /// <summary>Another replica has stored something.</summary>
    public void ChangedElsewhere()
    {
        _outbox.Ring();
        _timers.Ring();
        Stored();
    }

    /// <summary>To be asked for before looking at the store, so that no commit between looking and waiting is missed. For any number of waiters.</summary>
    public Expectation ExpectStored()
    {
        Interlocked.Increment(ref _waiting);
        return new Expectation(this, _stored.Task);
    }

    /// <summary>Waits for the next commit, here or elsewhere.</summary>
    public readonly struct Expectation(Signals signals, Task stored) : IDisposable
    {
        /// <summary>Ends after the commit, or after <paramref name="most"/>.</summary>
        public async Task WaitAsync(TimeSpan most, TimeProvider clock)
        {
            using var done = new CancellationTokenSource();
            await Task.WhenAny(stored, Task.Delay(most, clock, done.Token));
            await done.CancelAsync();
        }

        public void Dispose() => Interlocked.Decrement(ref signals._waiting);
    }

    /// <summary>Ends when there may be something to send, or after <paramref name="most"/>.</summary>
    public Task OutboxAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken) => _outbox.WaitAsync(most, clock, cancellationToken);

    /// <summary>Ends when timers may have changed, or after <paramref name="most"/>.</summary>
    public Task TimersAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken) => _timers.WaitAsync(most, clock, cancellationToken);

    private void Stored()
    {
        // Nearly always nobody waits.
        if (Volatile.Read(ref _waiting) > 0)
        {
            Interlocked.Exchange(ref _stored, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
