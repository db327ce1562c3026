using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>
/// Renders cards for Teams and Web Chat: Adaptive Cards 1.5, below 80 KB in UTF-16.
/// Words go into RichTextBlocks, which interpret nothing. TextBlock and FactSet, which read Markdown, get only texts that Markdown leaves alone.
/// </summary>
/// <remarks>
/// A press comes back as <c>verb</c> and as <c>data.action</c> (for <c>Action.Submit</c>, the fallback); Button.Data travels as <c>d.key</c>, inputs under their ids.
/// </remarks>
public sealed class AdaptiveCardRenderer(Phrasebook phrasebook)
{
    /// <summary>The prefix of Button.Data among the members of <c>data</c>.</summary>
    public const string DataPrefix = "d.";

    private const int ShownButtons = 6;
    private const int LongestTitle = 75;

    // 80 KB is the limit to keep; the rest is for the activity around the card.
    private const int MostBytes = 76_000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonObject Render(Card card, Reader reader)
    {
        var speaker = new Speaker(phrasebook, reader);
        return Fitting.Fit(card.Parts, Fitting.TicketOf(card) is null ? null : Fitting.LongText, (parts, longest) =>
        {
            var body = new AdaptiveBody(speaker, longest) { Enforce = card.Buttons.Count == 1 };
            body.Mention(card);
            body.Add(parts);
            return Finish(body, card.Mentions, card.MentionNames, Actions(Fitting.ButtonsOf(card, body.WasCut), speaker), card.Summary);
        });
    }

    /// <param name="errors">What was wrong with the last answers, by input id.</param>
    /// <param name="values">What was typed before, by input id; it is kept.</param>
    public JsonObject RenderForm(
        Form form,
        Reader reader,
        IReadOnlyDictionary<string, Phrase>? errors = null,
        IReadOnlyDictionary<string, string>? values = null)
    {
        var speaker = new Speaker(phrasebook, reader);
        var submit = new Button(form.Submit, form.Action, form.Data) { Style = ButtonStyle.Primary };
        IReadOnlyList<CardPart> parts = [new TextPart(form.Title, TextStyle.Heading), .. Filled.In(form.Parts, errors, values)];
        return Fitting.Fit(parts, null, (some, longest) =>
        {
            var body = new AdaptiveBody(speaker, longest) { Enforce = true };
            body.Add(some);
            return Finish(body, [], new Dictionary<string, string>(), Actions([submit], speaker), form.Title);
        });
    }

    private static (JsonObject Rendered, bool Fits) Finish(
        AdaptiveBody body,
        IReadOnlyList<string> mentions,
        IReadOnlyDictionary<string, string> names,
        JsonArray actions,
        Phrase? summary)
    {
        var teams = new JsonObject { ["width"] = "Full" };
        if (mentions.Count > 0)
        {
            teams["entities"] = new JsonArray([.. mentions.Select(account => MentionEntity(account, body.NameOf(account, names)))]);
        }

        var card = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["lang"] = body.Speaker.Reader.Language,
            ["fallbackText"] = AdaptiveText.Undated(summary is null ? body.FirstText : body.Speaker.Label(summary, 300)),
            ["msteams"] = teams,
            ["body"] = body.Elements,
        };
        if (actions.Count > 0)
        {
            card["actions"] = actions;
        }

        return (card, IsSmallEnough(card));
    }

    /// <summary>Counted both as UTF-16 and as the escaped ASCII that goes over the wire, since the service does not say which it counts.</summary>
    private static bool IsSmallEnough(JsonObject card)
    {
        var escaped = JsonSerializer.SerializeToUtf8Bytes(card).Length;
        return escaped * 2 <= MostBytes || (escaped <= MostBytes && card.ToJsonString(Relaxed).Length * 2 <= MostBytes);
    }

    private static JsonObject MentionEntity(string account, string name) => new()
    {
        ["type"] = "mention",
        ["text"] = $"<at>{name}</at>",
        ["mentioned"] = new JsonObject { ["id"] = account, ["name"] = name },
    };

    /// <summary>The first six in sight; the rest and those marked secondary in the overflow menu.</summary>
    internal static JsonArray Actions(IReadOnlyList<Button> buttons, Speaker speaker)
    {
        var actions = new JsonArray();
        foreach (var (button, index) in buttons.OrderBy(button => button.Secondary).Select((button, index) => (button, index)))
        {
            var hidden = button.Secondary || index >= ShownButtons;
            if (button.OpensForm)
            {
                // Only a submit can open a dialog; where dialogs are not known it arrives like any other press.
                var opening = Action("Action.Submit", button, hidden, speaker);
                opening["data"]!["msteams"] = new JsonObject { ["type"] = "task/fetch" };
                actions.Add(opening);
                continue;
            }

            var action = Action("Action.Execute", button, hidden, speaker);
            action["verb"] = button.Action;
            action["fallback"] = Action("Action.Submit", button, hidden, speaker);
            actions.Add(action);
        }

        return actions;
    }

    private static JsonObject Action(string type, Button button, bool hidden, Speaker speaker)
    {
        var data = new JsonObject { ["action"] = button.Action };
        foreach (var (key, value) in button.Data)
        {
            data[DataPrefix + key] = value;
        }

        var action = new JsonObject { ["type"] = type, ["title"] = AdaptiveText.Undated(speaker.Label(button.Title, LongestTitle)), ["data"] = data };
        if (button.Style is not ButtonStyle.Default)
        {
            action["style"] = button.Style is ButtonStyle.Primary ? "positive" : "destructive";
        }

        if (hidden)
        {
            action["mode"] = "secondary";
        }

        return action;
    }
}
