using System.Text.Json;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Card → activity. Plain words go as a plain message, everything else as an Adaptive Card; never both in one, since Teams would split them.</summary>
internal sealed class OutgoingActivity(AdaptiveCardRenderer renderer, Phrasebook phrasebook)
{
    public const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";

    // A longer text goes as a card, which is cut with a way to see the rest.
    private const int LongestPlainText = 8000;

    /// <summary>JSON in UTF-8, as everything here.</summary>
    public byte[] New(Card card, Reader reader, string serviceUrl) =>
        PlainText(card, reader) is { } text
            ? JsonText.Object(json =>
            {
                json.WriteString("type", "message");
                json.WriteString("textFormat", "plain");
                json.WriteString("text", text);
            })
            : WithCard(postId: null, card, reader, serviceUrl);

    /// <summary>Always a card, however few its words: what it changes is most likely one.</summary>
    public byte[] Change(string postId, Card card, Reader reader, string serviceUrl) => WithCard(postId, card, reader, serviceUrl);

    /// <summary>An object with the card in it.</summary>
    public static void WriteAttachment(Utf8JsonWriter json, byte[] card)
    {
        json.WriteStartObject();
        json.WriteString("contentType", AdaptiveCard);
        json.WritePropertyName("content");
        json.WriteRawValue(card, skipInputValidation: true);
        json.WriteEndObject();
    }

    private byte[] WithCard(string? postId, Card card, Reader reader, string serviceUrl)
    {
        var content = renderer.Render(card, reader, KnowsExecute(serviceUrl));
        var summary = SummaryOf(card, reader);
        return JsonText.Object(json =>
        {
            json.WriteString("type", "message");
            if (postId is not null)
            {
                json.WriteString("id", postId);
            }

            json.WriteString("summary", summary);
            json.WriteStartArray("attachments");
            WriteAttachment(json, content);
            json.WriteEndArray();
        });
    }

    private string? PlainText(Card card, Reader reader)
    {
        if (card.Buttons.Count > 0 || card.Mentions.Count > 0 || card.Parts.Any(part => part is not TextPart { Style: TextStyle.Body }))
        {
            return null;
        }

        var text = string.Join("\n\n", card.Parts.OfType<TextPart>().Select(part => phrasebook.Say(part.Text, reader)));
        return text.Length is > 0 and <= LongestPlainText ? text : null;
    }

    private string? SummaryOf(Card card, Reader reader)
    {
        var summary = card.Summary ?? card.Parts.OfType<TextPart>().FirstOrDefault()?.Text;
        return summary is null ? null : Shorten(phrasebook.Say(summary, reader), 200);
    }

    /// <summary>The text, or its beginning, never ending inside a character.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    /// <summary>Buttons with <c>Action.Execute</c> do nothing in Web Chat.</summary>
    private static bool KnowsExecute(string serviceUrl) =>
        !(Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri)
          && (uri.Host.StartsWith("webchat.", StringComparison.Ordinal) || uri.Host.StartsWith("directline.", StringComparison.Ordinal)));
}
