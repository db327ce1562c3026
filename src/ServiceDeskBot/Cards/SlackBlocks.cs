using System.Globalization;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>The blocks of one message or modal while they are written.</summary>
internal sealed class SlackBlocks(Speaker speaker, int longest)
{
    private const int LongestSection = 3000;
    private const int LongestField = 2000;
    private const int LongestHeader = 150;
    private const int LongestAlt = 2000;
    private const int LongestButton = 75;
    private const int LongestButtonValue = 2000;
    private const int MostActions = 25;
    private const int FactsPerSection = 5;

    private int _buttons;

    public JsonArray Blocks { get; } = [];

    public bool WasCut { get; private set; }

    public bool InModal { get; init; }

    /// <summary>Characters in all text objects; options of selects are not counted.</summary>
    public int TextLength { get; private set; }

    public void Add(JsonObject text) => AddBlock("section", "text", text);

    public void Add(IReadOnlyList<CardPart> parts)
    {
        WasCut |= Fitting.IsShortened(parts);
        foreach (var part in parts)
        {
            Add(part);
        }
    }

    public void Add(IReadOnlyList<Button> buttons)
    {
        var direct = buttons.Where(button => !button.Secondary || !SlackSelect.Takes(Value(button)));
        foreach (var row in direct.OrderBy(button => button.Secondary).Chunk(MostActions))
        {
            Blocks.Add(new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray([.. row.Select(Element)]) });
        }

        foreach (var menu in buttons.Where(button => button.Secondary && SlackSelect.Takes(Value(button))).Chunk(SlackSelect.MostOptions))
        {
            var select = SlackSelect.Of($"more:{Next()}", speaker.Own("cards.more"), menu.Select(button => (speaker.Label(button.Title, LongestButton), Value(button))), speaker);
            Blocks.Add(new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(select) });
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
            case ButtonsPart buttons:
                Add(buttons.Buttons);
                break;
            case InputPart input:
                AddInput(input);
                break;
        }
    }

    private void AddText(TextPart part)
    {
        var bare = speaker.Say(part.Text);
        if (bare.IsBlank)
        {
            return;
        }

        if (part.Style is TextStyle.Heading && bare.Length <= LongestHeader && !bare.Plain.Contains('\n', StringComparison.Ordinal))
        {
            AddBlock("header", "text", SlackText.Plain(bare.Plain));
            return;
        }

        var phrase = part.Style is TextStyle.Quote ? Phrase.Key("cards.quote", ("text", part.Text)) : part.Text;
        foreach (var piece in Pieces(Cut(phrase), LongestSection))
        {
            if (part.Style is TextStyle.Subtle)
            {
                AddBlock("context", "elements", piece);
            }
            else
            {
                Add(piece);
            }
        }
    }

    private void AddFacts(FactsPart part)
    {
        List<JsonObject> fields = [];
        foreach (var fact in part.Facts)
        {
            var label = SlackText.Marked($"*{SlackText.Escape(speaker.Label(fact.Label, LongestAlt / 8))}*");
            var value = Cut(fact.Value);
            var pieces = value.IsBlank ? [SlackText.Plain("–")] : Pieces(value, LongestField);
            if (pieces.Count == 1)
            {
                fields.AddRange([label, pieces[0]]);
                continue;
            }

            // A value longer than a field stands below its label.
            Flush(fields);
            Add(label);
            foreach (var piece in pieces)
            {
                Add(piece);
            }
        }

        Flush(fields);
    }

    private void Flush(List<JsonObject> fields)
    {
        foreach (var some in fields.Chunk(FactsPerSection * 2))
        {
            Count(some);
            Blocks.Add(new JsonObject { ["type"] = "section", ["fields"] = new JsonArray([.. some]) });
        }

        fields.Clear();
    }

    private void AddImage(ImagePart image)
    {
        if (!Pictures.IsPublic(image.Url))
        {
            AddText(new TextPart(image.Alt, TextStyle.Subtle));
            return;
        }

        var alt = speaker.Say(image.Alt).Cut(LongestAlt, "…");
        Blocks.Add(new JsonObject { ["type"] = "image", ["image_url"] = image.Url, ["alt_text"] = alt.IsBlank ? "–" : alt.Plain });
        TextLength += alt.Length;
    }

    private void AddInput(InputPart input)
    {
        var label = SlackText.Plain(speaker.Label(input.Label, LongestAlt));
        Count([label]);
        Blocks.Add(new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = input.Id,
            ["label"] = label,
            ["optional"] = !input.Required,
            ["element"] = SlackInput.Of(input, speaker, InModal),
        });
        if (input.Error is not null)
        {
            AddBlock("context", "elements", SlackText.Plain(speaker.Label(input.Error, LongestAlt)));
        }
    }

    private JsonObject Element(Button button)
    {
        var title = SlackText.Plain(speaker.Label(button.Title, LongestButton));
        Count([title]);
        var element = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = $"{button.Action}:{Next()}",
            ["text"] = title,
            ["value"] = Value(button),
        };
        if (button.Style is not ButtonStyle.Default)
        {
            element["style"] = button.Style is ButtonStyle.Primary ? "primary" : "danger";
        }

        return element;
    }

    private static string Value(Button button)
    {
        var carried = new JsonObject { ["a"] = button.Action };
        foreach (var (key, text) in button.Data)
        {
            carried[key] = text;
        }

        var value = carried.ToJsonString(BlockKitRenderer.Relaxed);
        return value.Length <= LongestButtonValue
            ? value
            : throw new ArgumentException($"Button '{button.Action}' carries {value.Length} characters; Slack takes {LongestButtonValue}.", nameof(button));
    }

    private string Next() => (_buttons++).ToString(CultureInfo.InvariantCulture);

    private static List<JsonObject> Pieces(Wording wording, int limit) => [.. wording.Split(limit, SlackText.Measure).Where(piece => !piece.IsBlank).Select(SlackText.Object)];

    private void AddBlock(string type, string member, JsonObject text)
    {
        Count([text]);
        Blocks.Add(new JsonObject { ["type"] = type, [member] = member == "elements" ? new JsonArray(text) : text });
    }

    private void Count(IEnumerable<JsonObject> texts) => TextLength += texts.Sum(text => text["text"]!.GetValue<string>().Length);

    private Wording Cut(Phrase phrase)
    {
        var whole = speaker.Say(phrase);
        var shown = whole.Cut(longest, speaker.Own("cards.cut"));
        WasCut |= !ReferenceEquals(whole, shown);
        return shown;
    }
}
