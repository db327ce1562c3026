using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Core.Turns;

/// <summary>How much one person and one organisation may send before the rest has its turn.</summary>
/// <param name="PersonBurst">Deliveries of one account at once, after a rest.</param>
/// <param name="PersonPerMinute">Deliveries of one account per minute from then on.</param>
/// <param name="OrganisationWaiting">Deliveries of one organisation that are accepted and not decided.</param>
public sealed record FloodLimits(int PersonBurst, int PersonPerMinute, int OrganisationWaiting);

/// <summary>
/// Stands before the desk: what one account or one organisation sends beyond its limits is not taken in, so that others are
/// served meanwhile. Programs are told apart by their keys and only count for their organisation.
/// </summary>
public sealed partial class FloodGate(ITurns turns, FloodLimits limits, TimeProvider clock, ILogger<FloodGate> logger) : ITurns
{
    private const int ManyAccounts = 10_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Allowance> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _waiting = new(StringComparer.Ordinal);

    // How much of each organisation waits.
    private readonly Dictionary<string, int> _crowds = new(StringComparer.Ordinal);
    private long _lookedAt;

    /// <exception cref="TooManyDeliveriesException">Not taken in; nothing is stored.</exception>
    public async Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (!Enter(turn))
        {
            return await turns.AcceptAsync(turn, cancellationToken);
        }

        try
        {
            var received = await turns.AcceptAsync(turn, cancellationToken);
            _ = received.Answer.ContinueWith((_, key) => Leave((string)key!), turn.Key, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return received;
        }
        catch
        {
            Leave(turn.Key);
            throw;
        }
    }

    /// <exception cref="TooManyDeliveriesException">Not taken in; nothing is stored.</exception>
    public async Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken)
    {
        var entered = Enter(turn);
        try
        {
            return await turns.DecideAsync(turn, cancellationToken);
        }
        finally
        {
            if (entered)
            {
                Leave(turn.Key);
            }
        }
    }

    public ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken) => turns.KnowsAsync(channel, account, cancellationToken);

    /// <summary>False when the delivery is inside already: a repeated one, or one whose caller no longer waits for the decision.</summary>
    private bool Enter(Turn turn)
    {
        var organisation = $"{turn.Place.Channel}:{turn.Place.Organisation}";
        if (!_waiting.TryAdd(turn.Key, organisation))
        {
            return false;
        }

        int waiting;
        lock (_crowds)
        {
            waiting = _crowds[organisation] = _crowds.GetValueOrDefault(organisation) + 1;
        }

        var isOver = waiting > limits.OrganisationWaiting;
        if (isOver || (turn.Input is not (RaisedByProgram or NotedByProgram) && !Spend(turn)))
        {
            Leave(turn.Key);
            throw new TooManyDeliveriesException(isOver ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1.0 / limits.PersonPerMinute));
        }

        return true;
    }

    private void Leave(string key)
    {
        if (!_waiting.TryRemove(key, out var organisation))
        {
            return;
        }

        lock (_crowds)
        {
            // Of whom nothing waits nothing is kept: names of organisations come from outside.
            if (--_crowds[organisation] == 0)
            {
                _crowds.Remove(organisation);
            }
        }
    }

    private bool Spend(Turn turn)
    {
        var now = clock.GetUtcNow();
        ForgetRested(now);

        var allowance = _accounts.GetOrAdd($"{turn.Place.Channel}:{turn.From.Account}", static (_, given) => new Allowance(given.limits, given.now), (limits, now));
        lock (allowance)
        {
            if (allowance.Spend(limits, now))
            {
                return true;
            }

            if (allowance.IsFirstRefusal)
            {
                LogHeldOff(turn.Place.Channel, turn.From.Account);
            }

            return false;
        }
    }

    /// <summary>Somebody who has their whole allowance again is as good as never seen. Looked through once a minute at most: a flood of many accounts must not make each delivery dearer.</summary>
    private void ForgetRested(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref _lookedAt);
        if (now.Ticks - last < BetweenLooks.Ticks || Interlocked.CompareExchange(ref _lookedAt, now.Ticks, last) != last || _accounts.Count <= ManyAccounts)
        {
            return;
        }

        foreach (var (account, allowance) in _accounts)
        {
            if (allowance.IsRested(limits, now))
            {
                _accounts.TryRemove(account, out _);
            }
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "{Channel} account {Account} sends more than it may and is held off")]
    private partial void LogHeldOff(string channel, string account);

    private sealed class Allowance(FloodLimits limits, DateTimeOffset since)
    {
        private double _left = limits.PersonBurst;
        private DateTimeOffset _since = since;
        private int _refused;

        public bool IsFirstRefusal => _refused == 1;

        public bool Spend(FloodLimits limits, DateTimeOffset now)
        {
            _left = Left(limits, now);
            _since = now;
            if (_left < 1)
            {
                _refused++;
                return false;
            }

            _left--;
            _refused = 0;
            return true;
        }

        public bool IsRested(FloodLimits limits, DateTimeOffset now) => Left(limits, now) >= limits.PersonBurst;

        private double Left(FloodLimits limits, DateTimeOffset now) =>
            Math.Min(limits.PersonBurst, _left + (Math.Max(0, (now - _since).TotalMinutes) * limits.PersonPerMinute));
    }
}
