namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>Time that passes only when a test says so. Timers fire in their order while it passes.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (Next(until) is { } due)
        {
            due.Ring();
        }
    }

    /// <summary>The next timer that is due by then, with the clock moved on to it; <c>null</c> with the clock at the end.</summary>
    private ManualTimer? Next(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            var moment = next?.Due ?? until;
            _now = moment > _now ? moment : _now;
            next?.Rearm();
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action ring) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public Action Ring => ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var now = clock.GetUtcNow();
            lock (clock._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : now + dueTime;
                clock._timers.Remove(this);
                if (Due is not null)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        /// <summary>Called within the clock's gate.</summary>
        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period;
            }
            else
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
