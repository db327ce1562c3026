using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Tests.Cards;

/// <summary>Cards for the renderer tests, and a generator of strange ones.</summary>
internal static class CardSamples
{
    public static Phrasebook Book { get; } = new(typeof(AdaptiveCardRenderer).Assembly);

    public static Reader English { get; } = Reader.For("en", "Europe/Berlin");

    public static Reader German { get; } = Reader.For("de", "Europe/Berlin");

    public static DateTimeOffset Morning { get; } = new(2026, 11, 20, 9, 12, 3, TimeSpan.Zero);

    public static Card Incident { get; } = new(
        [
            new TextPart("INC-1042 warehouse Wi-Fi", TextStyle.Heading),
            new TextPart("the wifi *keeps* dropping <!here>", TextStyle.Quote),
            new FactsPart([new Fact("Priority", "2 of 4"), new Fact("Next word", Phrase.At(Morning))]),
            new TextPart("How to reset an access point"),
            new ButtonsPart([Press("Solved it", "solved", ("ticket", "INC-1042"), ("article", "ap-reset"))]),
        ],
        [
            Press("Claim", "claim", ("ticket", "INC-1042")) with { Style = ButtonStyle.Primary },
            Press("Merge", "merge", ("ticket", "INC-1042")) with { Secondary = true },
            Press("I'm in", "join", ("ticket", "INC-1042")),
        ]);

    public static Form Resolve { get; } = new(
        "resolve",
        "Resolve the incident INC-1042",
        "Resolve",
        [
            new InputPart("text", "What was done?", InputKind.LongText, Required: true),
            new InputPart("team", "Team", InputKind.Choice, Required: false) { Choices = [new Choice("Network", "network"), new Choice("Security", "security")] },
        ],
        Data(("ticket", "INC-1042")));

    public static Button Press(string title, string action, params (string Key, string Value)[] data) => new(title, action, Data(data));

    public static Dictionary<string, string> Data(params (string Key, string Value)[] data) => data.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Any text in any place: markup of every platform, invisible and broken characters, very long ones.</summary>
    public static Arbitrary<Card> Strange { get; } = Cards().ToArbitrary();

    /// <summary>Every string anywhere in it, in order.</summary>
    public static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Strings(member.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>Every object with the given type, anywhere.</summary>
    public static IEnumerable<JsonObject> OfType(JsonNode? node, string type) => node switch
    {
        JsonObject members => members.Where(member => member.Key != "fallback").SelectMany(member => OfType(member.Value, type))
            .Concat((string?)(members["type"] as JsonValue) == type ? [members] : []),
        JsonArray items => items.SelectMany(item => OfType(item, type)),
        _ => [],
    };

    private static Gen<Card> Cards() =>
        from parts in Parts().ListOf()
        from buttons in Buttons().ListOf()
        from ticket in Gen.Elements(true, false)
        select new Card([.. parts], [.. buttons.Select(button => ticket ? button with { Data = Data(("ticket", "INC-1")) } : button)]);

    private static Gen<CardPart> Parts() => Gen.Frequency(
        (5, from text in Phrases() from style in Gen.Elements(Enum.GetValues<TextStyle>()) select (CardPart)new TextPart(text, style)),
        (2, from facts in (from label in Phrases() from value in Phrases() select new Fact(label, value)).ListOf() select (CardPart)new FactsPart([.. facts])),
        (1, from url in Gen.Elements("https://example.com/a.png", "javascript:alert(1)", "") from alt in Phrases() select (CardPart)new ImagePart(url, alt)),
        (1, from buttons in Buttons().ListOf() select (CardPart)new ButtonsPart([.. buttons])));

    private static Gen<Button> Buttons() =>
        from title in Phrases()
        from style in Gen.Elements(Enum.GetValues<ButtonStyle>())
        from secondary in Gen.Elements(true, false)
        select new Button(title, "claim", Data()) { Style = style, Secondary = secondary };

    private static Gen<Phrase> Phrases() => Gen.Frequency(
        (8, Texts().Select(text => (Phrase)new Words(text))),
        (1, Texts().Select(text => (Phrase)new Listing([new Words(text), Phrase.At(Morning)]))));

    private static Gen<string> Texts()
    {
        var nasty = Gen.Elements(
            "*bold* _it_ ~gone~ `code`", "<!here> <@U123> <#C1|x>", "&amp; & &lt;", "<script>alert(1)</script>", "\" onclick=\"x", "[a](https://evil.example)",
            "{{DATE(2026-11-20T09:00:00Z,SHORT)}}", "{{{TIME", "<at>Ada</at>", "\u202Eevil\u202C", "\u200B\u200D\u200B\u200D", "a\u0000b\u0007c", "\uD800", "👩‍👩‍👧‍👦", "z̷̡̛͎̣̖̙̤̦̗̩̲̅̀",
            "- list", "1. one", "# head", "> quote", "line\nline\r\nline", ":joy:", "   ", "");
        return Gen.Frequency(
            (3, nasty),
            (3, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")),
            (1, from piece in nasty from times in Gen.Choose(2, 600) select string.Concat(Enumerable.Repeat(piece + " ", times))),
            (1, from letter in Gen.Elements("x", "ß", "&", "🙂", "*") from times in Gen.Choose(1, 7000) select string.Concat(Enumerable.Repeat(letter, times))));
    }
}
