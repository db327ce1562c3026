using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>The body of one card while it is written.</summary>
internal sealed partial class AdaptiveBody(Utf8JsonWriter json, Speaker speaker, AdaptiveActions actions, int longest)
{
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
            WriteTextBlock(string.Join(' ', card.Mentions.Select(account => $"<at>{NameOf(account, card.MentionNames)}</at>")));
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
                Begin("ActionSet");
                actions.Write(buttons.Buttons);
                json.WriteEndObject();
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

        if (part.Style is not TextStyle.Quote)
        {
            Write(wording, part.Style);
            return;
        }

        Begin("Container");
        json.WriteString("style", "emphasis");
        json.WriteStartArray("items");
        Write(wording, part.Style);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Wording wording, TextStyle style)
    {
        // Moments in the reader's own zone and real headings exist in TextBlock only.
        if ((wording.HasMoment || style is TextStyle.Heading) && !AdaptiveText.ReadsAsMarkdown(wording))
        {
            WriteTextBlock(string.Concat(wording.Stretches.Select(stretch => stretch.Moment is { } moment ? AdaptiveText.Dated(moment) : stretch.Text)), style);
            return;
        }

        Begin("RichTextBlock");
        json.WriteStartArray("inlines");
        BeginRun(AdaptiveText.Undated(wording.Plain));
        Apply(style);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTextBlock(string text, TextStyle style = TextStyle.Body)
    {
        Begin("TextBlock");
        json.WriteString("text", text);
        json.WriteBoolean("wrap", true);
        Apply(style);
        if (style is TextStyle.Heading)
        {
            json.WriteString("style", "heading");
        }

        json.WriteEndObject();
    }

    private void Apply(TextStyle style)
    {
        if (style is TextStyle.Heading)
        {
            json.WriteString("size", "Medium");
            json.WriteString("weight", "Bolder");
        }
        else if (style is TextStyle.Subtle)
        {
            json.WriteString("size", "Small");
            json.WriteBoolean("isSubtle", true);
        }
    }

    private void AddFacts(FactsPart part)
    {
        var facts = part.Facts.Select(fact => (Label: Speaker.Say(fact.Label), Value: Cut(fact.Value))).ToList();
        if (facts.Count == 0)
        {
            return;
        }

        if (facts.Exists(fact => AdaptiveText.ReadsAsMarkdown(fact.Label) || AdaptiveText.ReadsAsMarkdown(fact.Value)))
        {
            facts.ForEach(fact => WriteFactLine(fact.Label, fact.Value));
            return;
        }

        Begin("FactSet");
        json.WriteStartArray("facts");
        foreach (var (label, value) in facts)
        {
            json.WriteStartObject();
            json.WriteString("title", OrDash(label));
            json.WriteString("value", OrDash(value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteFactLine(Wording label, Wording value)
    {
        Begin("RichTextBlock");
        json.WriteString("spacing", "Small");
        json.WriteStartArray("inlines");
        BeginRun(AdaptiveText.Undated(OrDash(label)) + "  ");
        json.WriteString("weight", "Bolder");
        json.WriteEndObject();
        BeginRun(AdaptiveText.Undated(OrDash(value)));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Begin(string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
    }

    private void BeginRun(string text)
    {
        Begin("TextRun");
        json.WriteString("text", text);
    }

    private static string OrDash(Wording wording) => wording.IsBlank ? "–" : wording.Plain;

    private void AddImage(ImagePart image)
    {
        var alt = Cut(image.Alt);
        if (Pictures.IsPublic(image.Url))
        {
            Begin("Image");
            json.WriteString("url", image.Url);
            json.WriteString("altText", AdaptiveText.Undated(alt.Plain));
            json.WriteEndObject();
        }
        else if (!alt.IsBlank)
        {
            Write(alt, TextStyle.Subtle);
        }
    }

    private void AddInput(InputPart input)
    {
        Begin(TypeOf(input));
        json.WriteString("id", input.Id);
        json.WriteString("label", AdaptiveText.Undated(Speaker.Label(input.Label, 500)));
        if (input.Kind is InputKind.Number && decimal.TryParse(input.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber("value", number);
        }
        else if (input.Value is not null)
        {
            json.WriteString("value", input.Value);
        }

        if (input.Required && Enforce)
        {
            json.WriteBoolean("isRequired", true);
            json.WriteString("errorMessage", Speaker.Own("cards.required"));
        }

        if (input.Kind is InputKind.Text or InputKind.LongText)
        {
            json.WriteNumber("maxLength", input.MaxLength);
            json.WriteBoolean("isMultiline", input.Kind is InputKind.LongText);
        }
        else if (input.Kind is InputKind.Choice)
        {
            // Compact: an expanded one reads its titles as Markdown.
            json.WriteString("style", "compact");
            json.WriteStartArray("choices");
            foreach (var choice in input.Choices)
            {
                json.WriteStartObject();
                json.WriteString("title", AdaptiveText.Undated(Speaker.Label(choice.Title, 200)));
                json.WriteString("value", choice.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (input.Error is not null)
        {
            Begin("RichTextBlock");
            json.WriteString("spacing", "Small");
            json.WriteStartArray("inlines");
            BeginRun(AdaptiveText.Undated(Speaker.Label(input.Error, 500)));
            json.WriteString("color", "Attention");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

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
        if (whole.Length <= longest)
        {
            return whole;
        }

        WasCut = true;
        return whole.Cut(longest, Speaker.Own("cards.cut"));
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd} '.\-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Symbols();
}
