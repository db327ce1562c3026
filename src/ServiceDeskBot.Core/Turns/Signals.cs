using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Wakes those who wait for stored work, so that nobody polls: the sender of messages, the keeper of timers, the index of similar texts.</summary>
public sealed class Signals : IDisposable
{
    private readonly SemaphoreSlim _outbox = new(0, 1);
    private readonly SemaphoreSlim _timers = new(0, 1);
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
            Wake(_timers);
        }

        var tickets = decision.Tickets.ToList();
        if (tickets.Count > 0)
        {
            TicketsChanged?.Invoke(tickets);
        }
    }

    /// <summary>For who set timers without a decision, or moved the clock.</summary>
    public void TimersChanged() => Wake(_timers);

    public void OutboxChanged() => Wake(_outbox);

    /// <summary>Ends when there may be something to send, or after <paramref name="most"/>.</summary>
    public Task OutboxAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken) => WaitAsync(_outbox, most, clock, cancellationToken);

    /// <summary>Ends when timers may have changed, or after <paramref name="most"/>.</summary>
    public Task TimersAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken) => WaitAsync(_timers, most, clock, cancellationToken);

    public void Dispose()
    {
        _outbox.Dispose();
        _timers.Dispose();
    }

    private static void Wake(SemaphoreSlim signal)
    {
        // Under load a wake-up is nearly always pending, and an exception for each commit would cost more than the commit.
        if (signal.CurrentCount > 0)
        {
            return;
        }

        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // A wake-up is pending already; one is enough.
        }
    }

    private static async Task WaitAsync(SemaphoreSlim signal, TimeSpan most, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up: look at the store anyhow.
        }
    }
}
