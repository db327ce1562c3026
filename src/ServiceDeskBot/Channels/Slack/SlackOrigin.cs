using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>
/// Where a press or a form comes from. Slack does not say which message a modal was opened from, so the modal carries it
/// in its <c>private_metadata</c>, beside the form's own data.
/// </summary>
/// <param name="PostId">The card that was pressed; <c>null</c> for one that only its reader saw.</param>
internal sealed record SlackOrigin(string Channel, PlaceKind Kind, string? Thread, string? PostId)
{
    /// <summary>An object among the data's strings, so that no data key can be taken for it.</summary>
    private const string Key = "@";

    /// <summary>Slack's limit.</summary>
    private const int LongestMetadata = 3000;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SlackOrigin Of(string channel, string? channelName, string? threadTs, string? ts, bool isEphemeral)
    {
        var place = SlackPlaces.At(channel, SlackPlaces.KindByName(channelName, channel), threadTs, ts, null);
        return new SlackOrigin(channel, place.Kind, place.Thread, isEphemeral ? null : ts);
    }

    /// <summary>What the modal carries; <c>null</c> when it carries nothing.</summary>
    public static SlackOrigin? Of(JsonElement view)
    {
        try
        {
            var origin = view.Text("private_metadata") is { Length: > 0 } metadata ? JsonElement.Parse(metadata).Part(Key) : default;
            return origin.Text("channel") is { } channel && Enum.TryParse<PlaceKind>(origin.Text("kind"), out var kind)
                ? new SlackOrigin(channel, kind, origin.Text("thread"), origin.Text("post"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Lets a modal carry where it was asked for; one that is full of its own data is answered in the personal conversation.</summary>
    public static JsonObject Stamp(JsonObject modal, Turn turn)
    {
        var metadata = JsonNode.Parse((string?)modal["private_metadata"] is { Length: > 0 } data ? data : "{}")!.AsObject();
        metadata[Key] = new JsonObject
        {
            ["channel"] = turn.Place.Conversation,
            ["kind"] = turn.Place.Kind.ToString(),
            ["thread"] = turn.Place.Thread,
            ["post"] = (turn.Input as Pressed)?.PostId,
        };
        var stamped = metadata.ToJsonString(Compact);
        if (stamped.Length <= LongestMetadata)
        {
            modal["private_metadata"] = stamped;
        }

        return modal;
    }

    public Place Place(string? team) => new(SlackChannel.Name, Channel, Thread, Kind) { Organisation = team };
}
