using System.Text.Json;
using ServiceDeskBot.Cards;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary>What answers an invoke: status and body travel in the HTTP response itself.</summary>
/// <param name="Body">JSON in UTF-8; <c>null</c> for none.</param>
internal sealed record InvokeResponse(int Status, byte[]? Body)
{
    /// <summary>The protocol's own word for an invoke that nobody here handles.</summary>
    public static InvokeResponse NotHandled { get; } = new(StatusCodes.Status501NotImplemented, null);

    /// <summary>Replaces the pressed card, for the one who pressed.</summary>
    public static InvokeResponse Card(byte[] card) =>
        OfCardAction(StatusCodes.Status200OK, OutgoingActivity.AdaptiveCard, json => json.WriteRawValue(card, skipInputValidation: true));

    /// <summary>A short notice at the pressed card, which stays.</summary>
    public static InvokeResponse Message(string text) => OfCardAction(StatusCodes.Status200OK, "application/vnd.microsoft.activity.message", json => json.WriteStringValue(text));

    public static InvokeResponse CardFault(int status, string code, string message) => OfCardAction(status, "application/vnd.microsoft.error", json =>
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    /// <summary>A dialog with a card in it.</summary>
    /// <param name="card">Of submits only: a dialog knows nothing else.</param>
    public static InvokeResponse Dialog(string title, byte[] card) => Task("continue", json =>
    {
        json.WriteStartObject();
        json.WriteString("title", title);
        json.WriteString("height", "medium");
        json.WriteString("width", "medium");
        json.WritePropertyName("card");
        OutgoingActivity.WriteAttachment(json, card);
        json.WriteEndObject();
    });

    /// <summary>A dialog's last words.</summary>
    public static InvokeResponse DialogMessage(string text) => Task("message", json => json.WriteStringValue(text));

    private static InvokeResponse OfCardAction(int status, string type, Action<Utf8JsonWriter> value) => new(StatusCodes.Status200OK, JsonText.Object(json =>
    {
        json.WriteNumber("statusCode", status);
        json.WriteString("type", type);
        json.WritePropertyName("value");
        value(json);
    }));

    private static InvokeResponse Task(string type, Action<Utf8JsonWriter> value) => new(StatusCodes.Status200OK, JsonText.Object(json =>
    {
        json.WriteStartObject("task");
        json.WriteString("type", type);
        json.WritePropertyName("value");
        value(json);
        json.WriteEndObject();
    }));
}
