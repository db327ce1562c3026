using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Slack's channels as the desk's places.</summary>
internal static class SlackPlaces
{
    /// <param name="ts">The post itself, which Slack names as its own thread once somebody has answered it.</param>
    public static Place At(string channel, PlaceKind kind, string? threadTs, string? ts, string? team) =>
        new(SlackChannel.Name, channel, kind == PlaceKind.Channel && threadTs != ts ? threadTs : null, kind) { Organisation = team };

    /// <summary>The personal conversation with somebody, whose id is not known yet.</summary>
    public static Place Personal(string account, string? team) =>
        new(SlackChannel.Name, "@" + account, null, PlaceKind.Personal) { Organisation = team };

    /// <summary>From an event, which says what kind of channel it comes from; <c>app_mention</c> does not.</summary>
    public static PlaceKind KindOf(string? channelType, string channel) => channelType switch
    {
        "im" or "app_home" => PlaceKind.Personal,
        "mpim" => PlaceKind.Group,
        null when IsDirect(channel) => PlaceKind.Personal,
        _ => PlaceKind.Channel,
    };

    /// <summary>From an interaction or a command, which gives the channel's name only.</summary>
    public static PlaceKind KindByName(string? name, string channel) =>
        IsDirect(channel) ? PlaceKind.Personal
        : name?.StartsWith("mpdm-", StringComparison.Ordinal) == true ? PlaceKind.Group
        : PlaceKind.Channel;

    public static bool IsDirect(string channel) => channel.StartsWith('D');
}
