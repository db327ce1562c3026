using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>The timers that are set, as the units of work tell.</summary>
internal sealed class TimerAudit
{
    private static readonly HashSet<string> Forever = [TimerKinds.Digest, TimerKinds.Sweep, TimerKinds.Retention, TimerKinds.Watch, TimerKinds.Health, TimerKinds.Coming];

    private readonly Dictionary<(string Subject, string Kind), DateTimeOffset> _set = [];

    public bool IsSet(string subject, string kind) => _set.ContainsKey((subject, kind));

    /// <summary>Those that are about one matter and end with it.</summary>
    public IEnumerable<string> Left => _set.Keys.Where(timer => !Forever.Contains(timer.Kind)).Select(timer => $"{timer.Kind} of {timer.Subject}");

    public void Committed(UnitOfWork unit)
    {
        foreach (var write in unit.Writes)
        {
            switch (write)
            {
                case SetTimer { OnlyIfAbsent: true } set:
                    _set.TryAdd((set.Subject, set.Kind), set.Due);
                    break;
                case SetTimer set:
                    _set[(set.Subject, set.Kind)] = set.Due;
                    break;
                case TakeTimer take:
                    _set.Remove((take.Timer.Subject, take.Timer.Kind));
                    break;
                case ClearTimer clear:
                    _set.Remove((clear.Subject, clear.Kind));
                    break;
                case ClearTimers clear:
                    foreach (var timer in _set.Keys.Where(timer => timer.Subject == clear.Subject).ToList())
                    {
                        _set.Remove(timer);
                    }

                    break;
            }
        }
    }
}
