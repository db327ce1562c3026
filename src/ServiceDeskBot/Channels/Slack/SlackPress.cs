using System.Text.Json;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>What a press carries back of what the card or form was rendered with.</summary>
internal sealed record SlackPress(string Action, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>Key of the action in a button's value.</summary>
    private const string ActionKey = "a";

    /// <summary>A button's or menu entry's value; <c>null</c> for an input that reports a change, and for values that are not ours.</summary>
    public static SlackPress? Read(JsonElement action)
    {
        var values = Strings(action.Text("value") ?? action.Part("selected_option").Text("value"));
        return values.Remove(ActionKey, out var name) && name.Length > 0 ? new SlackPress(name, values) : null;
    }

    /// <summary>The form's data out of a modal's <c>private_metadata</c>.</summary>
    public static IReadOnlyDictionary<string, string> FormData(string? metadata) => Strings(metadata);

    /// <summary>What was filled in, by block id; what was left empty is left out.</summary>
    public static IReadOnlyDictionary<string, string> Fields(JsonElement state)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in state.Part("values").Members())
        {
            // A menu of buttons reports its choice here as well; its id has a colon, which no input's has.
            foreach (var input in block.Value.Members().Where(input => !input.Name.Contains(':', StringComparison.Ordinal)))
            {
                if (Value(input.Value) is { Length: > 0 } value)
                {
                    fields[block.Name] = value;
                }
            }
        }

        return fields;
    }

    private static string? Value(JsonElement input) =>
        input.Text("value")
        ?? input.Part("selected_option").Text("value")
        ?? input.Text("selected_date")
        ?? input.Text("selected_time")
        ?? input.Text("selected_user")
        ?? string.Join(", ", input.Items("selected_options").Select(option => option.Text("value")));

    private static Dictionary<string, string> Strings(string? json)
    {
        var strings = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var member in JsonElement.Parse(json ?? "{}").Members())
            {
                if (member.Value.ValueKind == JsonValueKind.String)
                {
                    strings[member.Name] = member.Value.GetString()!;
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Another app's value, or one from before this product: it is not a press of ours.
        }

        return strings;
    }
}
