using System.Text.Json.Nodes;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Card → activity. Plain words go as a plain message, everything else as an Adaptive Card; never both in one, since Teams would split them.</summary>
internal sealed class OutgoingActivity(AdaptiveCardRenderer renderer, Phrasebook phrasebook)
{
    public const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";

    // A longer text goes as a card, which is cut with a way to see the rest.
    private const int LongestPlainText = 8000;

    public JsonObject New(Card card, Reader reader, string serviceUrl) =>
        PlainText(card, reader) is { } text ? new JsonObject { ["type"] = "message", ["textFormat"] = "plain", ["text"] = text } : WithCard(card, reader, serviceUrl);

    /// <summary>Always a card, however few its words: what it changes is most likely one.</summary>
    public JsonObject Change(string postId, Card card, Reader reader, string serviceUrl)
    {
        var activity = WithCard(card, reader, serviceUrl);
        activity["id"] = postId;
        return activity;
    }

    public static JsonObject Attachment(JsonObject card) => new() { ["contentType"] = AdaptiveCard, ["content"] = card };

    /// <summary>The card with <c>Action.Submit</c> in place of <c>Action.Execute</c>, for dialogs and clients that know no other.</summary>
    public static JsonObject WithSubmit(JsonObject card)
    {
        foreach (var actions in ActionLists(card).ToList())
        {
            for (var i = 0; i < actions.Count; i++)
            {
                if (actions[i]?["fallback"] is JsonObject submit)
                {
                    actions[i] = submit.DeepClone();
                }
            }
        }

        return card;
    }

    private JsonObject WithCard(Card card, Reader reader, string serviceUrl)
    {
        var content = renderer.Render(card, reader);
        return new JsonObject
        {
            ["type"] = "message",
            ["summary"] = SummaryOf(card, reader),
            ["attachments"] = new JsonArray(Attachment(KnowsExecute(serviceUrl) ? content : WithSubmit(content))),
        };
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

    private static IEnumerable<JsonArray> ActionLists(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member is { Key: "actions", Value: JsonArray actions } ? [actions] : ActionLists(member.Value)),
        JsonArray items => items.SelectMany(ActionLists),
        _ => [],
    };
}
