namespace ServiceDeskBot.Simulation.Time;

/// <summary>
/// The one thread on which everything happens, and its clock. What is ready runs in an order that the seed decides;
/// when nothing is ready, time goes on to the next alarm. Nothing here ever waits.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly Dice _order;
    private readonly DateTimeOffset _start;
    private readonly List<Piece> _ready = [];
    private readonly PriorityQueue<Alarm, (long Due, long Number)> _alarms = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _now;
    private long _number;
    private TimeSpan _jumped;
    private int _strays;

    public VirtualTime(int seed, DateTimeOffset start)
    {
        (_order, _start) = (new Dice(seed, "order"), start);
        World = new Life(this, "world");
    }

    /// <summary>What belongs to no host: people and platforms.</summary>
    public Life World { get; }

    /// <summary>How often something came from another thread: more than 0 means that a seed does not replay.</summary>
    public int Strays => _strays;

    public long Steps { get; private set; }

    /// <summary>Since the start, without the jumps of the wall clock.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(_now) + _jumped;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Timer(World, callback, state, dueTime);

    /// <summary>The wall clock is set; timers, which count the time that passes, are not touched.</summary>
    public void Jump(TimeSpan by) => _jumped += by;

    /// <summary>Lets something happen later.</summary>
    public void After(TimeSpan span, Life life, Action action) => Timer(life, _ => action(), null, span);

    public ITimer Timer(Life life, TimerCallback callback, object? state, TimeSpan due)
    {
        var alarm = new Alarm(this, life, callback, state);
        alarm.Change(due, Timeout.InfiniteTimeSpan);
        return alarm;
    }

    public void Ready(Life life, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Interlocked.Increment(ref _strays);
        }

        lock (_ready)
        {
            _ready.Add(new Piece(life, callback, state));
        }
    }

    /// <summary>Does everything that is due until then; false when a check stopped it.</summary>
    public void RunUntil(TimeSpan until, Func<bool> goOn)
    {
        while (goOn())
        {
            Steps++;
            if (Take() is { } piece)
            {
                piece.Life.Run(piece.Callback, piece.State);
            }
            else if (_alarms.TryPeek(out var alarm, out var at) && at.Due <= until.Ticks)
            {
                _alarms.Dequeue();
                _now = Math.Max(_now, at.Due);
                alarm.Ring(at.Number);
            }
            else
            {
                _now = Math.Max(_now, until.Ticks);
                return;
            }
        }
    }

    private Piece? Take()
    {
        lock (_ready)
        {
            if (_ready.Count == 0)
            {
                return null;
            }

            var chosen = _ready.Count == 1 ? 0 : _order.Below(_ready.Count);
            var piece = _ready[chosen];
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return piece;
        }
    }

    private sealed record Piece(Life Life, SendOrPostCallback Callback, object? State);

    private sealed class Alarm(VirtualTime time, Life life, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Of the entry in the queue that counts; an earlier one of this timer rings for nobody.</summary>
        private long _set;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _set = ++time._number;
            if (dueTime >= TimeSpan.Zero)
            {
                time._alarms.Enqueue(this, (time._now + dueTime.Ticks, _set));
            }

            return true;
        }

        public void Ring(long number)
        {
            if (number == _set)
            {
                life.Run(over => callback(over), state);
            }
        }

        public void Dispose() => _set = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
