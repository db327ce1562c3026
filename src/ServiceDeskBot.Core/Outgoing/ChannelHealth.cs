using System.Collections.Concurrent;

namespace ServiceDeskBot.Core.Outgoing;

/// <summary>Whether the channels take messages, as far as this process has seen.</summary>
internal sealed class ChannelHealth(TimeProvider clock)
{
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(5);

    /// <summary>
    /// After an outage all that waited leaves at once, and the platform may well refuse some of it: that is no fault of those messages,
    /// though they were tried often. After a start nobody knows whether there was one.
    /// </summary>
    private static readonly TimeSpan Recovering = TimeSpan.FromMinutes(15);

    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _took = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _back = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _away = new(StringComparer.Ordinal);

    /// <summary>True while it took something lately and has done so for a while.</summary>
    public bool Takes(string channel)
    {
        var now = clock.GetUtcNow();
        return _took.TryGetValue(channel, out var at) && now - at <= Recently && now - _back.GetValueOrDefault(channel, _started) > Recovering;
    }

    /// <summary>A message has waited in vain for long, and the channel takes no other.</summary>
    /// <returns>True when it is the first since the channel took something.</returns>
    public bool Missed(string channel) => _away.TryAdd(channel, true);

    /// <summary>The channel took a message.</summary>
    /// <returns>True when it was away before.</returns>
    public bool Took(string channel)
    {
        _took[channel] = clock.GetUtcNow();
        if (!_away.TryRemove(channel, out _))
        {
            return false;
        }

        _back[channel] = clock.GetUtcNow();
        return true;
    }
}
