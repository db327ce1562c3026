using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations.Cards;
using Xunit;
using static ServiceDeskBot.Tests.Cards.CardSamples;

namespace ServiceDeskBot.Tests.Cards;

public sealed partial class AdaptiveCardRendererTests
{
    private readonly AdaptiveCardRenderer _renderer = new(Book);

    [Fact]
    public void Render_Incident_KeepsTheGoldenStructure()
    {
        var card = Render(Incident);

        Assert.Equal("1.5", (string?)card["version"]);
        Assert.Equal(["TextBlock", "Container", "FactSet", "RichTextBlock", "ActionSet"], card["body"]!.AsArray().Select(element => (string?)element!["type"]));
        Assert.Equal("heading", (string?)card["body"]![0]!["style"]);
        Assert.Equal("the wifi *keeps* dropping <!here>", (string?)card["body"]![1]!["items"]![0]!["inlines"]![0]!["text"]);
        Assert.Equal("Fri 20 Nov, 10:12", (string?)card["body"]![2]!["facts"]![1]!["value"]);
        Assert.Equal(["Claim", "I'm in", "Merge"], card["actions"]!.AsArray().Select(action => (string?)action!["title"]));
        Assert.Equal([null, null, "secondary"], card["actions"]!.AsArray().Select(action => (string?)action!["mode"]));
    }

    [Fact]
    public void Render_Button_CarriesVerbDataAndFallback()
    {
        var action = Render(Incident)["actions"]![0]!;

        Assert.Equal("Action.Execute", (string?)action["type"]);
        Assert.Equal("claim", (string?)action["verb"]);
        Assert.Equal("""{"action":"claim","d.ticket":"INC-1042"}""", action["data"]!.ToJsonString());
        Assert.Equal("positive", (string?)action["style"]);
        Assert.Equal("Action.Submit", (string?)action["fallback"]!["type"]);
        Assert.Equal("""{"action":"claim","d.ticket":"INC-1042"}""", action["fallback"]!["data"]!.ToJsonString());
    }

    [Fact]
    public void Render_MoreThanSixButtons_PutsTheRestInTheMenu()
    {
        var card = new Card([], [.. Enumerable.Range(1, 8).Select(number => Press($"B{number}", "b"))]);

        var shown = Render(card)["actions"]!.AsArray();

        Assert.Equal(8, shown.Count);
        Assert.Equal(["B7", "B8"], shown.Where(action => (string?)action!["mode"] == "secondary").Select(action => (string?)action!["title"]));
    }

    [Fact]
    public void Render_MomentInPlainText_IsComputedByTheClient()
    {
        var card = Card.Of(new Listing(["Next word", Phrase.At(Morning)], ": "));

        var text = Render(card)["body"]![0]!;

        Assert.Equal("TextBlock", (string?)text["type"]);
        Assert.Equal("Next word: {{DATE(2026-11-20T09:12:03Z, SHORT)}} {{TIME(2026-11-20T09:12:03Z)}}", (string?)text["text"]);
    }

    [Fact]
    public void Render_MomentBesideMarkup_IsWrittenOutSoThatNothingIsInterpreted()
    {
        var card = Card.Of(new Listing(["*now*", Phrase.At(Morning)], " "));

        var text = Render(card)["body"]![0]!;

        Assert.Equal("*now* Fri 20 Nov, 10:12", (string?)text["inlines"]![0]!["text"]);
    }

    [Fact]
    public void Render_LongTextWithTicket_IsCutAndOffersShowAll()
    {
        var card = Incident with { Parts = [new TextPart(string.Join(' ', Enumerable.Repeat("words", 2000)))] };

        var rendered = Render(card);

        Assert.EndsWith("… (cut)", (string?)rendered["body"]![0]!["inlines"]![0]!["text"], StringComparison.Ordinal);
        var showAll = rendered["actions"]!.AsArray().Single(action => (string?)action!["verb"] == "show-all")!;
        Assert.Equal("INC-1042", (string?)showAll["data"]!["d.ticket"]);
    }

    [Fact]
    public void Render_LongTextWithoutTicket_StaysWhole()
    {
        var text = string.Join(' ', Enumerable.Repeat("words", 2000));

        var rendered = Render(Card.Of(text));

        Assert.Equal(text, (string?)rendered["body"]![0]!["inlines"]![0]!["text"]);
        Assert.Null(rendered["actions"]);
    }

    [Fact]
    public void Render_Mention_NamesTheAccountInEntities()
    {
        var card = Card.Of("Look") with { Mentions = ["29:abc"], MentionNames = Data(("29:abc", "Ada <b>Lovelace</b>")) };

        var rendered = Render(card);

        Assert.Equal("<at>Ada bLovelaceb</at>", (string?)rendered["body"]![0]!["text"]);
        Assert.Equal("<at>Ada bLovelaceb</at>", (string?)rendered["msteams"]!["entities"]![0]!["text"]);
        Assert.Equal("29:abc", (string?)rendered["msteams"]!["entities"]![0]!["mentioned"]!["id"]);
    }

    [Fact]
    public void RenderForm_WithErrors_KeepsWhatWasTypedAndSaysWhatIsWrong()
    {
        var form = Parsed(_renderer.RenderForm(Resolve, English, new Dictionary<string, Phrase> { ["text"] = "Say a little more." }, Data(("text", "done"), ("team", "security"))));

        Assert.Equal("done", (string?)form["body"]![1]!["value"]);
        Assert.True((bool?)form["body"]![1]!["isRequired"]);
        Assert.Equal("Say a little more.", (string?)form["body"]![2]!["inlines"]![0]!["text"]);
        Assert.Equal("security", (string?)form["body"]![3]!["value"]);
        Assert.Equal("""{"action":"resolve","d.ticket":"INC-1042"}""", form["actions"]![0]!["data"]!.ToJsonString());
    }

    [Fact]
    public void Render_RequiredInputBesideSeveralButtons_DoesNotBlockThem()
    {
        var card = new Card([new InputPart("text", "Comment", InputKind.Text, Required: true)], [Press("Send", "send"), Press("Skip", "skip")]);

        Assert.Null(Render(card)["body"]![0]!["isRequired"]);
    }

    [Fact]
    public void Render_AnyCard_IsSmallEnoughAndNeverInterpreted() => Prop.ForAll(Strange, card =>
    {
        var rendered = Render(card);

        Assert.True(rendered.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Length * 2 < 80_000);
        JsonNode.Parse(rendered.ToJsonString());
        foreach (var text in OfType(rendered, "TextBlock").Select(block => (string)block["text"]!).Concat(OfType(rendered, "FactSet").SelectMany(facts => Strings(facts["facts"]))))
        {
            Assert.DoesNotMatch(Markup(), Computed().Replace(text, ""));
        }

        Assert.All(OfType(rendered, "TextRun"), run => Assert.DoesNotContain("{{", (string)run["text"]!, StringComparison.Ordinal));
        Assert.All(rendered["actions"]?.AsArray() ?? [], action => Assert.NotEmpty((string)action!["title"]!));
        Assert.True((rendered["actions"]?.AsArray() ?? []).Count(action => action!["mode"] is null) <= 6);
    }).Holds();

    [Fact]
    public void Render_AnyCard_LosesNothingWithoutShowAll() => Prop.ForAll(Strange, card =>
    {
        var rendered = Render(card);
        var all = Everything.In(string.Concat(Strings(rendered)));
        if (!all.Contains("…(cut)", StringComparison.Ordinal))
        {
            Assert.All(Everything.TextsOf(card), text => Assert.Contains(text, all, StringComparison.Ordinal));
        }
        else if (Fitting.TicketOf(card) is not null)
        {
            Assert.Contains(rendered["actions"]!.AsArray(), action => (string?)action!["verb"] == "show-all");
        }
    }).Holds();

    private JsonObject Render(Card card) => Parsed(_renderer.Render(card, English));

    private static JsonObject Parsed(byte[] card) => JsonNode.Parse(card)!.AsObject();

    [GeneratedRegex(@"[*_`\[\]<>~&|\\]|\{\{|^\s*([-+#>]\s|\d+\.\s)")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\{\{(DATE|TIME)\(2026-11-20T09:12:03Z(, SHORT)?\)\}\}")]
    private static partial Regex Computed();
}

/// <summary>Texts without spaces and invisible marks, to compare what a card says with what was rendered.</summary>
internal static partial class Everything
{
    public static string In(string text) => Blanks().Replace(text, "");

    public static IEnumerable<string> TextsOf(Card card)
    {
        var speaker = new Speaker(Book, English);
        return card.Parts.SelectMany(part => part switch
        {
            TextPart text => [text.Text],
            FactsPart facts => facts.Facts.Select(fact => fact.Value),
            _ => Enumerable.Empty<Phrase>(),
        }).SelectMany(phrase => speaker.Say(phrase).Stretches).Where(stretch => stretch.Moment is null).Select(stretch => In(stretch.Text));
    }

    [GeneratedRegex(@"[\s\p{Cf}\u034F\u180E]+")]
    private static partial Regex Blanks();
}
