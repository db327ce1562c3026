using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Wakes those who wait for stored work, so that nobody polls: the sender of messages, the keeper of timers, the index of similar texts.</summary>
public sealed class Signals
{
    private readonly WakeUp _outbox = new();
    private readonly WakeUp _timers = new();
    private long _timersSleepUntil = DateTimeOffset.MaxValue.Ticks;

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

    /// <summary>Ends when there may be something to send, or after <paramref name="most"/>.</summary>
    public Task OutboxAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken) => _outbox.WaitAsync(most, clock, cancellationToken);

    /// <summary>Ends when timers may have changed, or after <paramref name="most"/>.</summary>
    public Task TimersAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken) => _timers.WaitAsync(most, clock, cancellationToken);
}
