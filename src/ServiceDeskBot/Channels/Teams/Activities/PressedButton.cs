using System.Text.Json;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Teams.Activities;

/// <summary>
/// Our buttons on the way back: <c>action</c> names what was pressed, keys with <c>d.</c> are what the button carried,
/// all others are inputs that the client merged in.
/// </summary>
internal static class PressedButton
{
    private const string CarriedPrefix = "d.";

    /// <summary>An <c>Action.Execute</c>; <c>null</c> when it is not one of ours.</summary>
    public static Pressed? FromExecute(Activity activity)
    {
        var action = activity.Value.Member("action");
        return Read(action.Member("verb").Text(), action.Member("data"), activity.ReplyToId);
    }

    /// <summary>An <c>Action.Submit</c>, which comes as a message with a value; <c>null</c> when it is not one of ours.</summary>
    public static Pressed? FromSubmit(Activity activity) => Read(null, activity.Value, activity.ReplyToId);

    public static Pressed? Read(string? verb, JsonElement? data, string? postId)
    {
        var action = string.IsNullOrEmpty(verb) ? data.Member("action").Text() : verb;
        if (string.IsNullOrEmpty(action))
        {
            return null;
        }

        var carried = new Dictionary<string, string>(StringComparer.Ordinal);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in data.Members())
        {
            if (member.Name.StartsWith(CarriedPrefix, StringComparison.Ordinal))
            {
                carried[member.Name[CarriedPrefix.Length..]] = member.Value.AsField();
            }
            else if (member.Name is not ("action" or "msteams"))
            {
                fields[member.Name] = member.Value.AsField();
            }
        }

        return new Pressed(action, carried, fields, postId);
    }
}
