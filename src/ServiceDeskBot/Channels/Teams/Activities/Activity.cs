using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceDeskBot.Channels.Teams.Activities;

/// <summary>
/// What the Activity protocol delivers, as far as the desk reads it. Unknown members are skipped; a known member of the wrong
/// JSON type makes the whole activity unreadable. What channels fill as they like (<see cref="Value"/>, <see cref="ChannelData"/>,
/// entities) stays JSON and is read leniently.
/// </summary>
internal sealed record Activity
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public string? Timestamp { get; init; }

    public string? ServiceUrl { get; init; }

    public string? ChannelId { get; init; }

    public ActivityAccount? From { get; init; }

    public ActivityAccount? Recipient { get; init; }

    public ActivityConversation? Conversation { get; init; }

    public string? Text { get; init; }

    public string? Locale { get; init; }

    public string? LocalTimezone { get; init; }

    public string? ReplyToId { get; init; }

    public string? Name { get; init; }

    public string? Action { get; init; }

    public JsonElement? Value { get; init; }

    public JsonElement? ChannelData { get; init; }

    public IReadOnlyList<JsonElement>? Entities { get; init; }

    public IReadOnlyList<ActivityAttachment?>? Attachments { get; init; }

    public IReadOnlyList<ActivityAccount?>? MembersAdded { get; init; }

    public IReadOnlyList<ActivityAccount?>? MembersRemoved { get; init; }

    public IReadOnlyList<ActivityReaction?>? ReactionsAdded { get; init; }

    public IReadOnlyList<ActivityReaction?>? ReactionsRemoved { get; init; }

    /// <summary>Teams itself, as against Web Chat, Direct Line and the emulator, whose people nobody vouches for.</summary>
    [JsonIgnore]
    public bool IsTeams => string.Equals(ChannelId, "msteams", StringComparison.OrdinalIgnoreCase);

    /// <summary>The organisation it comes from. Not always a GUID; <c>null</c> where the channel has none.</summary>
    [JsonIgnore]
    public string? Tenant => NotEmpty(Conversation?.TenantId) ?? NotEmpty(ChannelData.Member("tenant").Member("id").Text());

    /// <summary>What channel data calls the event, e.g. <c>editMessage</c>.</summary>
    [JsonIgnore]
    public string? EventType => ChannelData.Member("eventType").Text();

    /// <summary>Types and names are compared without case: the documentation itself mixes them.</summary>
    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Entities of one kind, e.g. <c>mention</c>.</summary>
    public IEnumerable<JsonElement> EntitiesOf(string type) =>
        Entities?.Where(entity => string.Equals(entity.Member("type").Text(), type, StringComparison.OrdinalIgnoreCase)) ?? [];

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

internal sealed record ActivityAccount
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? AadObjectId { get; init; }

    public string? Role { get; init; }
}

internal sealed record ActivityConversation
{
    public string? Id { get; init; }

    public string? ConversationType { get; init; }

    public bool? IsGroup { get; init; }

    public string? TenantId { get; init; }
}

internal sealed record ActivityAttachment
{
    public string? ContentType { get; init; }

    public string? ContentUrl { get; init; }

    public string? Name { get; init; }

    public JsonElement? Content { get; init; }
}

internal sealed record ActivityReaction
{
    public string? Type { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Activity))]
internal sealed partial class ActivityJson : JsonSerializerContext;

/// <summary>Reads JSON that channels fill as they like: what is absent or of another type is <c>null</c>.</summary>
internal static class LenientJson
{
    public static JsonElement? Member(this JsonElement? element, string name) => element is { } present ? present.Member(name) : null;

    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            // A name that is no text only shows when it is compared.
            return null;
        }
    }

    public static string? Text(this JsonElement? element) => element is { } present ? present.Text() : null;

    public static string? Text(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or broken UTF-8 is no text; it only shows when the string is read.
            return null;
        }
    }

    /// <summary>An object's members, but those whose names are no text.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } present ? present.EnumerateObject().Select(Named).OfType<(string, JsonElement)>() : [];

    /// <summary>Any value as a field holds it: text as it is, numbers, switches and structures as their JSON.</summary>
    public static string AsField(this JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.Text() ?? "",
                JsonValueKind.Null or JsonValueKind.Undefined => "",
                _ => element.GetRawText(),
            };
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static (string Name, JsonElement Value)? Named(JsonProperty member)
    {
        try
        {
            return (member.Name, member.Value);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
