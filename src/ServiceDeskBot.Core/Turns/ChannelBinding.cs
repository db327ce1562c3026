using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Operations;

namespace ServiceDeskBot.Core.Turns;

/// <summary><c>bind network</c>, <c>unbind</c>, <c>where</c>, said to the bot in a channel: which team's tickets are posted there, or with <c>bind operators</c> what the desk says about itself. An operator or the team's lead may; a channel has one team.</summary>
internal static partial class ChannelBinding
{
    /// <summary>True when the words were such a command.</summary>
    public static async ValueTask<bool> CommandAsync(string text, TurnContext context)
    {
        if (Command().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var verb = match.Groups["verb"].Value.ToLowerInvariant();
        if (verb == "bind" && match.Groups["team"].Value.Length == 0)
        {
            return false;
        }

        var bound = await TeamHereAsync(context);
        switch (verb)
        {
            case "where":
                context.Refuse(bound is null ? Phrase.Key("bind.nothing") : Phrase.Key("bind.is", ("team", bound)));
                break;
            case "unbind":
                await UnbindAsync(bound, context);
                break;
            default:
                Bind(match.Groups["team"].Value, context);
                break;
        }

        return true;
    }

    private static async ValueTask<string?> TeamHereAsync(TurnContext context) =>
        await context.Snapshot.TeamOfChannelAsync(context.Place.Channel, context.Place.Conversation)
        ?? context.Desk.Teams.FirstOrDefault(team => team.Channels.TryGetValue(context.Place.Channel, out var conversation) && conversation == context.Place.Conversation)?.Id;

    private static void Bind(string name, TurnContext context)
    {
        var team = context.Desk.Teams.FirstOrDefault(team => string.Equals(team.Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(team.Name, name, StringComparison.OrdinalIgnoreCase));
        if (team is null && string.Equals(name, OwnHealth.Operators, StringComparison.OrdinalIgnoreCase))
        {
            BindOperators(context);
        }
        else if (team is null)
        {
            context.Refuse(Phrase.Key("bind.unknown", ("team", name), ("teams", string.Join(", ", context.Desk.Teams.Select(team => team.Id)))));
        }
        else if (context.Place.Kind != PlaceKind.Channel)
        {
            context.Refuse(Phrase.Key("bind.channel-only"));
        }
        else if (!MayBind(team.Id, context))
        {
            context.Refuse(Phrase.Key("bind.not-allowed", ("team", team.Name)));
        }
        else
        {
            var here = context.Place with { Thread = null };
            context.Decision.Add(new BindTeam(here.Channel, here.Conversation, team.Id, here));
            context.Refuse(Phrase.Key("bind.done", ("team", team.Name)));
        }
    }

    /// <summary>What the desk has to say about itself is for its operators.</summary>
    private static void BindOperators(TurnContext context)
    {
        if (context.Place.Kind != PlaceKind.Channel)
        {
            context.Refuse(Phrase.Key("bind.channel-only"));
        }
        else if (!context.Actor.Is("operator"))
        {
            context.Refuse(Phrase.Key("bind.operators-only"));
        }
        else
        {
            var here = context.Place with { Thread = null };
            context.Decision.Add(new BindTeam(here.Channel, here.Conversation, OwnHealth.Operators, here));
            context.Refuse(Phrase.Key("bind.operators"));
        }
    }

    private static async ValueTask UnbindAsync(string? bound, TurnContext context)
    {
        var stored = await context.Snapshot.TeamOfChannelAsync(context.Place.Channel, context.Place.Conversation);
        if (bound is null)
        {
            context.Refuse(Phrase.Key("bind.nothing"));
        }
        else if (stored is null)
        {
            context.Refuse(Phrase.Key("bind.in-file", ("team", bound)));
        }
        else if (!MayBind(stored, context))
        {
            context.Refuse(Phrase.Key("bind.not-allowed", ("team", bound)));
        }
        else
        {
            context.Decision.Add(new BindTeam(context.Place.Channel, context.Place.Conversation, null, context.Place));
            context.Refuse(Phrase.Key("bind.undone", ("team", bound)));
        }
    }

    private static bool MayBind(string team, TurnContext context) => context.Actor.Is("operator") || context.Desk.Team(team)?.Lead == context.Actor.Id;

    [GeneratedRegex(@"^\s*(?<verb>bind|unbind|where)\s*(?<team>[\p{L}\p{N} _-]{0,60}?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Command();
}
