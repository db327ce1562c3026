namespace ServiceDeskBot.Simulation.Time;

/// <summary>
/// Somebody whose code runs: a host, or the world around it. When it is over, nothing of it ever runs again, in the
/// middle of whatever it was doing: that is what a crash is.
/// </summary>
internal sealed class Life(VirtualTime time, string name) : SynchronizationContext
{
    public string Name => name;

    public bool IsOver { get; private set; }

    public void End() => IsOver = true;

    /// <summary>The wall clock as this life sees it, with timers that end with it.</summary>
    public TimeProvider Clock(TimeSpan wrongBy) => new OwnClock(time, this, wrongBy);

    /// <summary>Ends after this much virtual time, on this life's own terms.</summary>
    public Task PauseAsync(TimeSpan span)
    {
        var over = new TaskCompletionSource();
        time.After(span, this, over.SetResult);
        return over.Task;
    }

    /// <summary>Never ends: what one who is gone waits for.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;

    public void Run(SendOrPostCallback callback, object? state)
    {
        if (IsOver)
        {
            return;
        }

        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsOver)
        {
            time.Ready(this, d, state);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits here.");

    public override SynchronizationContext CreateCopy() => this;

    private sealed class OwnClock(VirtualTime time, Life life, TimeSpan wrongBy) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + wrongBy;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.Timer(life, callback, state, dueTime);
    }
}
