using System.Globalization;
using System.Text.Json;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Reads what a payload may or may not hold: anything missing or of another type is <c>null</c> or empty, never an exception.</summary>
internal static class SlackJson
{
    /// <exception cref="JsonException">The string is no valid text (half a surrogate pair, broken UTF-8).</exception>
    public static string? Text(this JsonElement element, string name)
    {
        try
        {
            return element.Part(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException($"'{name}' is no valid text.", broken);
        }
    }

    /// <exception cref="JsonException">The name of a member is no valid text, which only shows when it is compared.</exception>
    public static JsonElement Part(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : default;
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException($"A name beside '{name}' is no valid text.", broken);
        }
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <exception cref="JsonException">A name, or a text, is none: broken UTF-8 and lone surrogates only show when they are read.</exception>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(Named) : [];

    private static (string Name, JsonElement Value) Named(JsonProperty member)
    {
        try
        {
            return (member.Name, member.Value);
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException("A name is no valid text.", broken);
        }
    }

    public static bool Flag(this JsonElement element, string name) => element.Part(name).ValueKind == JsonValueKind.True;

    public static long? Number(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>A moment such as <c>1355517523.000005</c>; <c>null</c> for anything else.</summary>
    public static DateTimeOffset? Moment(string? ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_799m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
