using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Teams.Activities;

/// <summary>Activity → <see cref="Turn"/>s. Knows the protocol, decides nothing about the desk.</summary>
internal sealed class ActivityTranslation(TimeProvider clock)
{
    // Teams' own ids stay below 300 characters.
    private const int LongestId = 1024;

    // Installing sends installationUpdate and conversationUpdate within moments of each other, in any order; a later install is a new arrival.
    private static readonly long ArrivalWindow = TimeSpan.FromMinutes(10).Ticks;
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>What the activity means to the desk: no turn for what does not concern it, several where it reports several things at once.</summary>
    /// <exception cref="UnreadableActivityException">A turn would need a member that is not there.</exception>
    public IReadOnlyList<Turn> TurnsOf(Activity activity) => activity switch
    {
        _ when activity.Is("message") => IsFromBot(activity) ? [] : Message(activity),
        _ when activity.Is("conversationUpdate") => MembersChanged(activity),
        _ when activity.Is("installationUpdate") => Installation(activity),
        _ when activity.Is("messageReaction") => [.. Reactions(activity)],
        _ when activity.Is("messageUpdate") => IsFromBot(activity) ? [] : [TurnOf(activity, KeyOf(activity, "messageUpdate", activity.Timestamp, activity.EventType), new Edited(IdOf(activity), MessageText.Of(activity).Text))],
        _ when activity.Is("messageDelete") => IsFromBot(activity) ? [] : [TurnOf(activity, KeyOf(activity, "messageDelete", activity.Timestamp, activity.EventType), new Deleted(IdOf(activity)))],
        _ => [],
    };

    /// <summary>The turn of an invoke.</summary>
    /// <exception cref="UnreadableActivityException">It lacks a member that the turn needs.</exception>
    public Turn InvokeTurn(Activity activity, TurnInput input) => TurnOf(activity, KeyOf(activity, "invoke"), input);

    public static Place PlaceOf(Activity activity)
    {
        var conversation = ConversationOf(activity);
        var split = conversation.IndexOf(";messageid=", StringComparison.OrdinalIgnoreCase);
        return new Place("teams", split < 0 ? conversation : conversation[..split], split < 0 ? null : conversation[(split + ";messageid=".Length)..], KindOf(activity))
        {
            ServiceUrl = Required(activity.ServiceUrl, "serviceUrl"),
            Organisation = activity.Tenant,
        };
    }

    private IReadOnlyList<Turn> Message(Activity activity)
    {
        if (PressedButton.FromSubmit(activity) is { } pressed)
        {
            return [TurnOf(activity, KeyOf(activity, "message"), pressed)];
        }

        var text = MessageText.Of(activity);
        var files = FilesOf(activity);
        if (text.Text.Length == 0 && files.Count == 0 && activity.Value is { ValueKind: not JsonValueKind.Null })
        {
            return []; // Some other app's card.
        }

        var said = new Said(text.Text, IdOf(activity))
        {
            Addressed = text.Addressed || KindOf(activity) == PlaceKind.Personal,
            RepliesTo = text.Quotes ?? activity.ReplyToId,
            Attachments = files,
        };
        return [TurnOf(activity, KeyOf(activity, "message"), said)];
    }

    private IReadOnlyList<Turn> MembersChanged(Activity activity)
    {
        var bot = activity.Recipient?.Id;
        return bot switch
        {
            null => [],
            _ when activity.MembersAdded?.Any(member => member?.Id == bot) == true => [Arrival(activity, "arrived", new Arrived())],
            _ when activity.MembersRemoved?.Any(member => member?.Id == bot) == true => [Arrival(activity, "departed", new Departed())],
            _ => [],
        };
    }

    private IReadOnlyList<Turn> Installation(Activity activity) => activity.Action?.ToLowerInvariant() switch
    {
        "add" => [Arrival(activity, "arrived", new Arrived())],
        "remove" => [Arrival(activity, "departed", new Departed())],
        _ => [], // An upgrade changes nothing here.
    };

    private Turn Arrival(Activity activity, string what, TurnInput input)
    {
        var window = (MomentOf(activity).UtcTicks / ArrivalWindow).ToString(CultureInfo.InvariantCulture);
        return TurnOf(activity, $"teams:{ConversationOf(activity)}:{what}:{window}", input);
    }

    private IEnumerable<Turn> Reactions(Activity activity)
    {
        foreach (var (reactions, added) in new[] { (activity.ReactionsAdded, true), (activity.ReactionsRemoved, false) })
        {
            foreach (var type in reactions?.Select(reaction => reaction?.Type).OfType<string>() ?? [])
            {
                var post = Required(activity.ReplyToId, "replyToId");
                yield return TurnOf(activity, KeyOf(activity, "messageReaction", activity.Timestamp, $"{(added ? '+' : '-')}{type}"), new Reacted(post, type, added));
            }
        }
    }

    private Turn TurnOf(Activity activity, string key, TurnInput input) => new(key, PlaceOf(activity), SenderOf(activity), input, MomentOf(activity));

    private static string KeyOf(Activity activity, string type, params string?[] change) =>
        string.Join(':', ["teams", ConversationOf(activity), type, IdOf(activity), .. change]);

    private static Sender SenderOf(Activity activity)
    {
        var client = activity.EntitiesOf("clientInfo").Select(entity => (JsonElement?)entity).FirstOrDefault();
        return new Sender(
            Required(activity.From?.Id, "from.id"),
            activity.From!.Name ?? "",
            Locale: activity.Locale ?? client.Member("locale").Text(),
            Zone: activity.LocalTimezone ?? client.Member("timezone").Text());
    }

    private static PlaceKind KindOf(Activity activity) => activity.Conversation?.ConversationType?.ToLowerInvariant() switch
    {
        "personal" => PlaceKind.Personal,
        "groupchat" => PlaceKind.Group,
        "channel" => PlaceKind.Channel,
        _ when activity.ChannelData.Member("team") is not null => PlaceKind.Channel,
        _ when activity.Conversation?.IsGroup == true || activity.ChannelData.Member("meeting") is not null => PlaceKind.Group,
        _ => PlaceKind.Personal,
    };

    private static List<Attachment> FilesOf(Activity activity)
    {
        var files = new List<Attachment>();
        foreach (var attachment in activity.Attachments ?? [])
        {
            if (attachment?.ContentType is { } type && !IsMarkup(type))
            {
                var name = attachment.Name ?? (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? "image" : "file");
                files.Add(new Attachment(name, ContentTypeOf(name, type), LinkOf(attachment.ContentUrl), null));
            }
        }

        return files;
    }

    // Teams repeats a text as text/html; cards are ours or another app's.
    private static bool IsMarkup(string contentType) =>
        contentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("application/vnd.microsoft.card.", StringComparison.OrdinalIgnoreCase);

    private static string ContentTypeOf(string name, string declared) =>
        declared.Contains('/') && !declared.StartsWith("application/vnd.microsoft.teams.", StringComparison.OrdinalIgnoreCase) ? declared
        : ContentTypes.TryGetContentType(name, out var known) ? known
        : "application/octet-stream";

    private static string? LinkOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? url : null;

    /// <summary>Other bots and our own posts: answering them would never end.</summary>
    private static bool IsFromBot(Activity activity) =>
        activity.From is { Id: { } id } from
        && (id == activity.Recipient?.Id || id.StartsWith("28:", StringComparison.Ordinal) || string.Equals(from.Role, "bot", StringComparison.OrdinalIgnoreCase));

    private DateTimeOffset MomentOf(Activity activity) =>
        DateTimeOffset.TryParse(activity.Timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUniversalTime() : clock.GetUtcNow();

    private static string IdOf(Activity activity) => Required(activity.Id, "id");

    private static string ConversationOf(Activity activity) => Required(activity.Conversation?.Id, "conversation.id");

    private static string Required(string? value, string member) => value switch
    {
        { Length: 0 } or null => throw new UnreadableActivityException($"{member} is missing."),
        { Length: > LongestId } => throw new UnreadableActivityException($"{member} is longer than {LongestId} characters."),
        _ when value.Any(char.IsControl) => throw new UnreadableActivityException($"{member} has control characters."),
        _ => value,
    };
}

/// <summary>The caller broke the protocol: 400, with the reason as the text.</summary>
internal sealed class UnreadableActivityException(string message) : Exception(message);
