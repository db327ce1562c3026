using System.Text.Json.Nodes;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary>What answers an invoke: status and body travel in the HTTP response itself.</summary>
internal sealed record InvokeResponse(int Status, JsonObject? Body)
{
    /// <summary>The protocol's own word for an invoke that nobody here handles.</summary>
    public static InvokeResponse NotHandled { get; } = new(StatusCodes.Status501NotImplemented, null);

    /// <summary>Replaces the pressed card, for the one who pressed.</summary>
    public static InvokeResponse Card(JsonObject card) => OfCardAction(StatusCodes.Status200OK, OutgoingActivity.AdaptiveCard, card);

    /// <summary>A short notice at the pressed card, which stays.</summary>
    public static InvokeResponse Message(string text) => OfCardAction(StatusCodes.Status200OK, "application/vnd.microsoft.activity.message", text);

    public static InvokeResponse CardFault(int status, string code, string message) =>
        OfCardAction(status, "application/vnd.microsoft.error", new JsonObject { ["code"] = code, ["message"] = message });

    /// <summary>A dialog with a card in it.</summary>
    public static InvokeResponse Dialog(string title, JsonObject card) => Task("continue", new JsonObject
    {
        ["title"] = title,
        ["height"] = "medium",
        ["width"] = "medium",
        ["card"] = OutgoingActivity.Attachment(OutgoingActivity.WithSubmit(card)),
    });

    /// <summary>A dialog's last words.</summary>
    public static InvokeResponse DialogMessage(string text) => Task("message", text);

    private static InvokeResponse OfCardAction(int status, string type, JsonNode value) =>
        new(StatusCodes.Status200OK, new JsonObject { ["statusCode"] = status, ["type"] = type, ["value"] = value });

    private static InvokeResponse Task(string type, JsonNode value) =>
        new(StatusCodes.Status200OK, new JsonObject { ["task"] = new JsonObject { ["type"] = type, ["value"] = value } });
}
