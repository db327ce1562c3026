using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>
/// Renders cards for Teams and Web Chat: Adaptive Cards 1.5 as JSON in UTF-8, below 80 KB in UTF-16.
/// Words go into RichTextBlocks, which interpret nothing. TextBlock and FactSet, which read Markdown, get only texts that Markdown leaves alone.
/// </summary>
/// <remarks>
/// A press comes back as <c>verb</c> and as <c>data.action</c> (for <c>Action.Submit</c>, the fallback); Button.Data travels as <c>d.key</c>, inputs under their ids.
/// </remarks>
public sealed class AdaptiveCardRenderer(Phrasebook phrasebook)
{
    /// <summary>The prefix of Button.Data among the members of <c>data</c>.</summary>
    public const string DataPrefix = "d.";

    // 80 KB is the limit to keep; the rest is for the activity around the card.
    private const int MostBytes = 76_000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="knowsExecute">False for dialogs and clients that know no <c>Action.Execute</c>: every button is an <c>Action.Submit</c>.</param>
    public byte[] Render(Card card, Reader reader, bool knowsExecute = true)
    {
        var speaker = new Speaker(phrasebook, reader);
        return Fit(card.Parts, Fitting.TicketOf(card) is null ? null : Fitting.LongText, (json, parts, longest) =>
        {
            var actions = new AdaptiveActions(json, speaker, knowsExecute);
            var body = new AdaptiveBody(json, speaker, actions, longest) { Enforce = card.Buttons.Count == 1 };
            json.WriteStartArray("body");
            body.Mention(card);
            body.Add(parts);
            json.WriteEndArray();
            Frame(json, body, card.Mentions, card.MentionNames, card.Summary);
            actions.Write(Fitting.ButtonsOf(card, body.WasCut));
        });
    }

    /// <param name="errors">What was wrong with the last answers, by input id.</param>
    /// <param name="values">What was typed before, by input id; it is kept.</param>
    /// <param name="knowsExecute">As for <see cref="Render"/>.</param>
    public byte[] RenderForm(
        Form form,
        Reader reader,
        IReadOnlyDictionary<string, Phrase>? errors = null,
        IReadOnlyDictionary<string, string>? values = null,
        bool knowsExecute = true)
    {
        var speaker = new Speaker(phrasebook, reader);
        var submit = new Button(form.Submit, form.Action, form.Data) { Style = ButtonStyle.Primary };
        IReadOnlyList<CardPart> parts = [new TextPart(form.Title, TextStyle.Heading), .. Filled.In(form.Parts, errors, values)];
        return Fit(parts, null, (json, some, longest) =>
        {
            var actions = new AdaptiveActions(json, speaker, knowsExecute);
            var body = new AdaptiveBody(json, speaker, actions, longest) { Enforce = true };
            json.WriteStartArray("body");
            body.Add(some);
            json.WriteEndArray();
            Frame(json, body, [], new Dictionary<string, string>(), form.Title);
            actions.Write([submit]);
        });
    }

    private static byte[] Fit(IReadOnlyList<CardPart> parts, int? longText, Action<Utf8JsonWriter, IReadOnlyList<CardPart>, int> write) =>
        Fitting.Fit(parts, longText, (some, longest) =>
        {
            var card = JsonText.Object(json => write(json, some, longest));
            return (card, IsSmallEnough(card));
        });

    /// <summary>What stands around body and actions.</summary>
    private static void Frame(Utf8JsonWriter json, AdaptiveBody body, IReadOnlyList<string> mentions, IReadOnlyDictionary<string, string> names, Phrase? summary)
    {
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("version", "1.5");
        json.WriteString("lang", body.Speaker.Reader.Language);
        json.WriteString("fallbackText", AdaptiveText.Undated(summary is null ? body.FirstText : body.Speaker.Label(summary, 300)));
        json.WriteStartObject("msteams");
        json.WriteString("width", "Full");
        if (mentions.Count > 0)
        {
            json.WriteStartArray("entities");
            foreach (var account in mentions)
            {
                WriteMention(json, account, body.NameOf(account, names));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteMention(Utf8JsonWriter json, string account, string name)
    {
        json.WriteStartObject();
        json.WriteString("type", "mention");
        json.WriteString("text", $"<at>{name}</at>");
        json.WriteStartObject("mentioned");
        json.WriteString("id", account);
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Counted both as UTF-16 and as the escaped ASCII that goes over the wire, since the service does not say which it counts.</summary>
    private static bool IsSmallEnough(byte[] escaped) =>
        escaped.Length * 2 <= MostBytes || (escaped.Length <= MostBytes && JsonNode.Parse(escaped)!.ToJsonString(Relaxed).Length * 2 <= MostBytes);
}
