using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>The body of one card while it is written.</summary>
internal sealed partial class AdaptiveBody(Speaker speaker, int longest)
{
    public JsonArray Elements { get; } = [];

    public Speaker Speaker { get; } = speaker;

    public bool WasCut { get; private set; }

    /// <summary>The client insists on required inputs. Only where the one button sends them: it would block the others too.</summary>
    public bool Enforce { get; init; }

    public string FirstText { get; private set; } = speaker.Own("cards.message");

    public string NameOf(string account, IReadOnlyDictionary<string, string> names)
    {
        // The name stands in a text that reads markup: letters only.
        var name = Symbols().Replace(names.TryGetValue(account, out var known) ? Harmless.Clean(known) : Speaker.Own("cards.you"), "").Trim();
        return name.Length == 0 ? Speaker.Own("cards.you") : name[..Math.Min(name.Length, 100)];
    }

    public void Mention(Card card)
    {
        if (card.Mentions.Count > 0)
        {
            Elements.Add(TextBlock(string.Join(' ', card.Mentions.Select(account => $"<at>{NameOf(account, card.MentionNames)}</at>"))));
        }
    }

    public void Add(IReadOnlyList<CardPart> parts)
    {
        var first = parts.OfType<TextPart>().Select(part => Speaker.Say(part.Text)).FirstOrDefault(wording => !wording.IsBlank);
        FirstText = first?.Cut(300, "…").Plain ?? FirstText;
        WasCut |= Fitting.IsShortened(parts);
        foreach (var part in parts)
        {
            Add(part);
        }
    }

    private void Add(CardPart part)
    {
        switch (part)
        {
            case TextPart text:
                AddText(text);
                break;
            case FactsPart facts:
                AddFacts(facts);
                break;
            case ImagePart image:
                AddImage(image);
                break;
            case ButtonsPart buttons when buttons.Buttons.Count > 0:
                Elements.Add(new JsonObject { ["type"] = "ActionSet", ["actions"] = AdaptiveCardRenderer.Actions(buttons.Buttons, Speaker) });
                break;
            case InputPart input:
                AddInput(input);
                break;
        }
    }

    private void AddText(TextPart part)
    {
        var wording = Cut(part.Text);
        if (wording.IsBlank)
        {
            return;
        }

        var text = Written(wording, part.Style);
        Elements.Add(part.Style is TextStyle.Quote
            ? new JsonObject { ["type"] = "Container", ["style"] = "emphasis", ["items"] = new JsonArray(text) }
            : text);
    }

    private static JsonObject Written(Wording wording, TextStyle style)
    {
        // Moments in the reader's own zone and real headings exist in TextBlock only.
        if ((wording.HasMoment || style is TextStyle.Heading) && !AdaptiveText.ReadsAsMarkdown(wording))
        {
            return TextBlock(string.Concat(wording.Stretches.Select(stretch => stretch.Moment is { } moment ? AdaptiveText.Dated(moment) : stretch.Text)), style);
        }

        var run = new JsonObject { ["type"] = "TextRun", ["text"] = AdaptiveText.Undated(wording.Plain) };
        Apply(style, run);
        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject TextBlock(string text, TextStyle style = TextStyle.Body)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };
        Apply(style, block);
        if (style is TextStyle.Heading)
        {
            block["style"] = "heading";
        }

        return block;
    }

    private static void Apply(TextStyle style, JsonObject text)
    {
        if (style is TextStyle.Heading)
        {
            text["size"] = "Medium";
            text["weight"] = "Bolder";
        }
        else if (style is TextStyle.Subtle)
        {
            text["size"] = "Small";
            text["isSubtle"] = true;
        }
    }

    private void AddFacts(FactsPart part)
    {
        var facts = part.Facts.Select(fact => (Label: Speaker.Say(fact.Label), Value: Cut(fact.Value))).ToList();
        if (facts.Count == 0)
        {
            return;
        }

        if (facts.Any(fact => AdaptiveText.ReadsAsMarkdown(fact.Label) || AdaptiveText.ReadsAsMarkdown(fact.Value)))
        {
            foreach (var (label, value) in facts)
            {
                Elements.Add(FactLine(label, value));
            }

            return;
        }

        Elements.Add(new JsonObject
        {
            ["type"] = "FactSet",
            ["facts"] = new JsonArray([.. facts.Select(fact => new JsonObject { ["title"] = OrDash(fact.Label), ["value"] = OrDash(fact.Value) })]),
        });
    }

    private static JsonObject FactLine(Wording label, Wording value) => new()
    {
        ["type"] = "RichTextBlock",
        ["spacing"] = "Small",
        ["inlines"] = new JsonArray(
            new JsonObject { ["type"] = "TextRun", ["text"] = AdaptiveText.Undated(OrDash(label)) + "  ", ["weight"] = "Bolder" },
            new JsonObject { ["type"] = "TextRun", ["text"] = AdaptiveText.Undated(OrDash(value)) }),
    };

    private static string OrDash(Wording wording) => wording.IsBlank ? "–" : wording.Plain;

    private void AddImage(ImagePart image)
    {
        var alt = Cut(image.Alt);
        if (Pictures.IsPublic(image.Url))
        {
            Elements.Add(new JsonObject { ["type"] = "Image", ["url"] = image.Url, ["altText"] = AdaptiveText.Undated(alt.Plain) });
        }
        else if (!alt.IsBlank)
        {
            Elements.Add(Written(alt, TextStyle.Subtle));
        }
    }

    private void AddInput(InputPart input)
    {
        var element = new JsonObject { ["type"] = TypeOf(input), ["id"] = input.Id, ["label"] = AdaptiveText.Undated(Speaker.Label(input.Label, 500)) };
        if (input.Value is not null)
        {
            element["value"] = input.Kind is InputKind.Number && decimal.TryParse(input.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(input.Value);
        }

        if (input.Required && Enforce)
        {
            element["isRequired"] = true;
            element["errorMessage"] = Speaker.Own("cards.required");
        }

        if (input.Kind is InputKind.Text or InputKind.LongText)
        {
            element["maxLength"] = input.MaxLength;
            element["isMultiline"] = input.Kind is InputKind.LongText;
        }
        else if (input.Kind is InputKind.Choice)
        {
            // Compact: an expanded one reads its titles as Markdown.
            element["style"] = "compact";
            element["choices"] = new JsonArray([.. input.Choices.Select(Option)]);
        }

        Elements.Add(element);
        if (input.Error is not null)
        {
            var error = new JsonObject { ["type"] = "TextRun", ["text"] = AdaptiveText.Undated(Speaker.Label(input.Error, 500)), ["color"] = "Attention" };
            Elements.Add(new JsonObject { ["type"] = "RichTextBlock", ["spacing"] = "Small", ["inlines"] = new JsonArray(error) });
        }
    }

    private JsonObject Option(Choice choice) => new() { ["title"] = AdaptiveText.Undated(Speaker.Label(choice.Title, 200)), ["value"] = choice.Value };

    private static string TypeOf(InputPart input) => input.Kind switch
    {
        InputKind.Choice => "Input.ChoiceSet",
        InputKind.Date => "Input.Date",
        InputKind.Number => "Input.Number",
        _ => "Input.Text",
    };

    private Wording Cut(Phrase phrase)
    {
        var whole = Speaker.Say(phrase);
        var shown = whole.Cut(longest, Speaker.Own("cards.cut"));
        WasCut |= !ReferenceEquals(whole, shown);
        return shown;
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd} '.\-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Symbols();
}
