using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations.Cards;
using Xunit;
using static ServiceDeskBot.Tests.Cards.CardSamples;

namespace ServiceDeskBot.Tests.Cards;

public sealed partial class BlockKitRendererTests
{
    private readonly BlockKitRenderer _renderer = new(Book);

    [Fact]
    public void Render_Incident_KeepsTheGoldenStructure()
    {
        var message = _renderer.Render(Incident, English);

        Assert.Equal(["header", "section", "section", "section", "actions", "actions", "actions"], message.Blocks.Select(block => (string?)block!["type"]));
        Assert.Equal("""{"type":"plain_text","text":"“the wifi *keeps* dropping <!here>”","emoji":false}""", message.Blocks[1]!["text"]!.ToJsonString(BlockKitRenderer.Relaxed));
        Assert.Equal("*Priority*", (string?)message.Blocks[2]!["fields"]![0]!["text"]);
        Assert.Equal("<!date^1795165923^{date_short_pretty} {time}|Fri 20 Nov, 10:12>", (string?)message.Blocks[2]!["fields"]![3]!["text"]);
        Assert.Equal("INC-1042 warehouse Wi-Fi", message.Text);
    }

    [Fact]
    public void Render_Buttons_CarryActionAndDataUnderUniqueIds()
    {
        var blocks = _renderer.Render(Incident, English).Blocks;

        Assert.Equal("solved:0", (string?)blocks[4]!["elements"]![0]!["action_id"]);
        Assert.Equal("""{"a":"solved","ticket":"INC-1042","article":"ap-reset"}""", (string?)blocks[4]!["elements"]![0]!["value"]);
        Assert.Equal(["claim:1", "join:2"], blocks[5]!["elements"]!.AsArray().Select(element => (string?)element!["action_id"]));
        Assert.Equal("primary", (string?)blocks[5]!["elements"]![0]!["style"]);
        var more = blocks[6]!["elements"]![0]!;
        Assert.Equal(("static_select", "more:3", "More…"), ((string?)more["type"], (string?)more["action_id"], (string?)more["placeholder"]!["text"]));
        Assert.Equal("""{"a":"merge","ticket":"INC-1042"}""", (string?)more["options"]![0]!["value"]);
    }

    [Fact]
    public void Render_SecondaryButtonWithLongData_BecomesAButton()
    {
        var card = new Card([], [Press("Merge", "merge", ("into", new string('x', 150))) with { Secondary = true }]);

        var element = _renderer.Render(card, English).Blocks[0]!["elements"]![0]!;

        Assert.Equal("button", (string?)element["type"]);
    }

    [Fact]
    public void Render_LongTextWithTicket_IsCutAndOffersShowAll()
    {
        var card = Incident with { Parts = [new TextPart(string.Join(' ', Enumerable.Repeat("words", 2000)))] };

        var blocks = _renderer.Render(card, German).Blocks;

        Assert.EndsWith("… (gekürzt)", (string?)blocks[0]!["text"]!["text"], StringComparison.Ordinal);
        Assert.Contains(OfType(blocks, "button"), button => (string?)button["value"] == """{"a":"show-all","ticket":"INC-1042"}""");
    }

    [Fact]
    public void Render_LongTextWithoutTicket_IsSplitBetweenWords()
    {
        var text = string.Join(' ', Enumerable.Repeat("words", 1500));

        var blocks = _renderer.Render(Card.Of(text), English).Blocks;

        Assert.Equal(3, blocks.Count);
        Assert.Equal(text, string.Concat(blocks.Select(block => (string?)block!["text"]!["text"])));
        Assert.All(blocks, block => Assert.StartsWith("words", (string?)block!["text"]!["text"], StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Mentions_OnlyOfAccounts()
    {
        var message = _renderer.Render(Card.Of("Look") with { Mentions = ["U123", "!here", "W9"] }, English);

        Assert.Equal("<@U123> <@W9> Look", message.Text);
        Assert.Equal("<@U123> <@W9>", (string?)message.Blocks[0]!["text"]!["text"]);
    }

    [Fact]
    public void Render_InputsInAMessage_UseTheirIdForBlockAndAction()
    {
        var card = new Card([new InputPart("text", "Comment", InputKind.Text, Required: false), new InputPart("count", "How many?", InputKind.Number, Required: true)], [Press("Send", "send")]);

        var blocks = _renderer.Render(card, English).Blocks;

        Assert.Equal(("text", "text"), ((string?)blocks[0]!["block_id"], (string?)blocks[0]!["element"]!["action_id"]));
        Assert.Equal("plain_text_input", (string?)blocks[1]!["element"]!["type"]);
        Assert.False((bool?)blocks[1]!["optional"]);
    }

    [Fact]
    public void RenderModal_Form_KeepsTheGoldenStructure()
    {
        var view = _renderer.RenderModal(Resolve, English, values: Data(("text", "done"), ("team", "security")));

        Assert.Equal("resolve", (string?)view["callback_id"]);
        Assert.Equal("""{"ticket":"INC-1042"}""", (string?)view["private_metadata"]);
        Assert.Equal("Resolve the incident…", (string?)view["title"]!["text"]);
        Assert.Equal(["header", "input", "input"], view["blocks"]!.AsArray().Select(block => (string?)block!["type"]));
        Assert.Equal("done", (string?)view["blocks"]![1]!["element"]!["initial_value"]);
        Assert.Equal("security", (string?)view["blocks"]![2]!["element"]!["initial_option"]!["value"]);
    }

    [Fact]
    public void RenderModal_WithErrors_SaysWhatIsWrongBelowTheInput()
    {
        var view = _renderer.RenderModal(Resolve, English, new Dictionary<string, Phrase> { ["text"] = "Say a little more." });

        Assert.Equal("Say a little more.", (string?)view["blocks"]![2]!["elements"]![0]!["text"]);
    }

    [Fact]
    public void RenderModal_MoreThanAHundredChoices_AreGrouped()
    {
        var form = Resolve with { Parts = [new InputPart("item", "Item", InputKind.Choice, Required: true) { Choices = [.. Enumerable.Range(1, 250).Select(number => new Choice($"Item {number}", $"{number}"))] }] };

        var groups = _renderer.RenderModal(form, English)["blocks"]!.AsArray()[^1]!["element"]!["option_groups"]!.AsArray();

        Assert.Equal([100, 100, 50], groups.Select(group => group!["options"]!.AsArray().Count));
        Assert.Equal("Item 1 to Item 100", (string?)groups[0]!["label"]!["text"]);
    }

    [Fact]
    public void Render_AnyCard_KeepsEveryLimitAndIsNeverInterpreted() => Prop.ForAll(Strange, card =>
    {
        var message = _renderer.Render(card, English);

        Assert.True(message.Blocks.Count <= 50);
        JsonNode.Parse(message.Blocks.ToJsonString());
        foreach (var text in OfType(message.Blocks, "mrkdwn").Select(text => (string)text["text"]!))
        {
            Assert.DoesNotMatch(Markup(), Dates().Replace(text, "").Trim('*'));
        }

        Assert.All(OfType(message.Blocks, "plain_text").Concat(OfType(message.Blocks, "mrkdwn")), text => Assert.InRange(((string)text["text"]!).Length, 1, 3000));
        Assert.All(OfType(message.Blocks, "header"), header => Assert.InRange(((string)header["text"]!["text"]!).Length, 1, 150));
        Assert.All(OfType(message.Blocks, "section").Select(section => section["fields"]).OfType<JsonArray>(), fields =>
        {
            Assert.InRange(fields.Count, 1, 10);
            Assert.All(fields, field => Assert.InRange(((string)field!["text"]!).Length, 1, 2000));
        });
        Assert.All(OfType(message.Blocks, "button"), button => Assert.InRange(((string)button["text"]!["text"]!).Length, 1, 75));
        Assert.All(OfType(message.Blocks, "actions"), actions => Assert.InRange(actions["elements"]!.AsArray().Count, 1, 25));
        var ids = OfType(message.Blocks, "button").Concat(OfType(message.Blocks, "static_select")).Select(element => (string)element["action_id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(OfType(message.Blocks, "section").Concat(OfType(message.Blocks, "context")).SelectMany(block => Strings(block)).Sum(text => text.Length), 0, 13_200);
        Assert.DoesNotMatch(Markup(), Dates().Replace(message.Text, ""));
        Assert.InRange(message.Text.Length, 1, 4000);
    }).Holds();

    [Fact]
    public void Render_AnyCard_LosesNothingWithoutShowAll() => Prop.ForAll(Strange, card =>
    {
        var blocks = _renderer.Render(card, English).Blocks;
        foreach (var marked in OfType(blocks, "mrkdwn").ToList())
        {
            marked["text"] = Unescaped((string)marked["text"]!);
        }

        var all = Everything.In(string.Concat(Strings(blocks).Where(text => text is not ("plain_text" or "section" or "mrkdwn" or "context" or "header"))));
        if (!all.Contains("…(cut)", StringComparison.Ordinal))
        {
            Assert.All(Everything.TextsOf(card), text => Assert.Contains(text, all, StringComparison.Ordinal));
        }
        else if (Fitting.TicketOf(card) is not null)
        {
            Assert.Contains(OfType(blocks, "button"), button => ((string?)button["value"])!.Contains("show-all", StringComparison.Ordinal));
        }
    }).Holds();

    // Only where a date stands are words escaped; the other pieces of the same text are plain and as typed.
    private static string Unescaped(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    // Nothing of a person's may reach Slack as a command, and no pair of marks may touch what is between them.
    [GeneratedRegex(@"<|(?<!\u200B)[*_~`>]|(?<!\u200B)&gt;|&(?!amp;|lt;|gt;)|(?<!\d):[A-Za-z+]")]
    private static partial Regex Markup();

    [GeneratedRegex(@"<!date\^1795165923\^[^|>]*\|[^>]*>")]
    private static partial Regex Dates();
}
