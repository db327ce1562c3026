using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Slack;

/// <summary><c>/desk …</c> as a turn.</summary>
public sealed partial class SlackCommands(TimeProvider clock)
{
    /// <summary>What somebody says who says nothing.</summary>
    public const string Help = "help";

    private static readonly Dictionary<string, string> NoNames = [];

    /// <returns><c>null</c> when the form is no slash command.</returns>
    public SlackDelivery? Translate(IReadOnlyDictionary<string, StringValues> form)
    {
        if (One("user_id") is not { } user || One("channel_id") is not { } channel || One("command") is null || One("trigger_id") is not { } trigger)
        {
            return null;
        }

        var team = One("team_id");
        var text = SlackText.Plain(One("text") ?? "", null, NoNames) is { Length: > 0 } said ? said : Help;

        // Nobody else sees a command, and the bot may not even be in that channel: the answer belongs in the personal conversation.
        var place = AboutThePlace().IsMatch(text) && !SlackPlaces.IsDirect(channel)
            ? SlackPlaces.At(channel, SlackPlaces.KindByName(One("channel_name"), channel), null, null, team)
            : SlackPlaces.Personal(user, team);
        var turn = new Turn($"slack:{team}:command:{trigger}", place, new Sender(user, One("user_name") ?? user), new Said(text, $"command-{trigger}"), clock.GetUtcNow());
        return new SlackDelivery(turn with { Trigger = trigger })
        {
            ResponseUrl = Uri.TryCreate(One("response_url"), UriKind.Absolute, out var url) ? url : null,
        };

        string? One(string name) => form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
    }

    /// <summary>Words about the channel itself; everything else is the person's own business.</summary>
    [GeneratedRegex(@"^\s*(bind\s.+|unbind|where)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AboutThePlace();
}
