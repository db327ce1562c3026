using System.Xml.Linq;
using FsCheck.Fluent;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations.Cards;
using Xunit;
using static ServiceDeskBot.Tests.Cards.CardSamples;

namespace ServiceDeskBot.Tests.Cards;

public sealed class HtmlCardRendererTests
{
    private readonly HtmlCardRenderer _renderer = new(Book);

    [Fact]
    public void Render_Incident_KeepsTheGoldenStructure()
    {
        var card = Parse(_renderer.Render(Incident, English));

        Assert.Equal(["h3", "blockquote", "dl", "p", "div", "div", "details"], card.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("the wifi *keeps* dropping <!here>", card.Element("blockquote")!.Value);
        Assert.Equal("2026-11-20T09:12:03Z", (string?)card.Descendants("time").Single().Attribute("datetime"));
        var claim = card.Elements("div").Last().Elements("button").First();
        Assert.Equal(("claim", "INC-1042", "button button-primary"), ((string?)claim.Attribute("data-action"), (string?)claim.Attribute("data-d-ticket"), (string?)claim.Attribute("class")));
        Assert.Equal("More…", card.Element("details")!.Element("summary")!.Value);
    }

    [Fact]
    public void RenderForm_WithErrors_KeepsWhatWasTypedAndSaysWhatIsWrong()
    {
        var form = Parse(_renderer.RenderForm(Resolve, English, new Dictionary<string, Phrase> { ["text"] = "Say a little more." }, Data(("text", "done & dusted"), ("team", "security")))).Element("form")!;

        Assert.Equal(("resolve", "INC-1042"), ((string?)form.Attribute("data-action"), (string?)form.Attribute("data-d-ticket")));
        Assert.Equal("done & dusted", form.Descendants("textarea").Single().Value.TrimStart('\n'));
        Assert.Equal("Say a little more.", form.Descendants("span").Single(span => (string?)span.Attribute("role") == "alert").Value);
        Assert.Equal("security", (string?)form.Descendants("option").Single(option => option.Attribute("selected") is not null).Attribute("value"));
    }

    [Fact]
    public void Render_LineBreaks_AreKept() =>
        Assert.Contains("one<br/>two", _renderer.Render(Card.Of("one\ntwo"), English), StringComparison.Ordinal);

    [Fact]
    public void Render_DataKeyThatIsNoAttribute_IsABug() =>
        Assert.Throws<ArgumentException>(() => _renderer.Render(new Card([], [Press("A", "a", ("x onclick", "1"))]), English));

    [Fact]
    public void Render_AnyCard_IsWellFormedAndLosesNothing() => Prop.ForAll(Strange, card =>
    {
        var rendered = Parse(_renderer.Render(card, English));

        Assert.DoesNotContain(rendered.Descendants(), element => element.Name.LocalName is "script" or "at" or "a");
        Assert.DoesNotContain(rendered.Descendants().Attributes(), attribute => attribute.Name.LocalName is "onclick" or "style");
        var all = Everything.In(string.Concat(rendered.DescendantNodes().OfType<XText>().Select(text => text.Value)));
        Assert.All(Everything.TextsOf(card), text => Assert.Contains(text, all, StringComparison.Ordinal));
    }).Holds();

    /// <summary>Read as XML, so that anything not closed or not encoded fails.</summary>
    private static XElement Parse(string html) => XElement.Parse(html, LoadOptions.PreserveWhitespace);
}
