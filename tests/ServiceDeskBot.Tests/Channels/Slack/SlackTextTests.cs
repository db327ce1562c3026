using ServiceDeskBot.Channels.Slack;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackTextTests
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["U0MARA"] = "Mara Klein" };

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("R&amp;D says 1 &lt; 2 &gt; 0", "R&D says 1 < 2 > 0")]
    [InlineData("typed &amp;lt;b&amp;gt; as such", "typed &lt;b&gt; as such")]
    [InlineData("&lt;@U0BOT&gt; was typed", "<@U0BOT> was typed")]
    [InlineData("<@U0BOT> hello", "hello")]
    [InlineData("<@U0BOT>: hello", "hello")]
    [InlineData("<@U0BOT>, hello", "hello")]
    [InlineData("<@U0BOT|desk> hello", "hello")]
    [InlineData("hey <@U0BOT> my wifi", "hey my wifi")]
    [InlineData("my wifi <@U0BOT>", "my wifi")]
    [InlineData("<@U0BOT>", "")]
    [InlineData("ask <@U0ADA> or <@W0GRACE|grace>", "ask @U0ADA or @grace")]
    [InlineData("ask <@U0MARA> or <@U0MARA|m>", "ask @Mara Klein or @Mara Klein")]
    [InlineData("see <#C0NET|network> and <#C0OTHER>", "see #network and #C0OTHER")]
    [InlineData("<!here> <!subteam^S1|@it-team> <!date^1763629923^{date}|20 Nov>", "@here @it-team 20 Nov")]
    [InlineData("<https://x.test/a?b=1&amp;c=2>", "https://x.test/a?b=1&c=2")]
    [InlineData("<https://x.test|the page>", "the page (https://x.test)")]
    [InlineData("<http://example.com|example.com>", "example.com")]
    [InlineData("<mailto:ada@example.com|ada@example.com>", "ada@example.com")]
    [InlineData("a < b & c > d <> <", "a < b & c > d <> <")]
    [InlineData("*bold* _it_ `code` :wave: 🙂 שלום \u200b!", "*bold* _it_ `code` :wave: 🙂 שלום \u200b!")]
    public void Plain_Markup_AsAPersonReadsIt(string text, string expected) => Assert.Equal(expected, SlackText.Plain(text, "U0BOT", Names));

    [Fact]
    public void Plain_ManyOpenBrackets_ReadInLinearTime() => Assert.Equal(40_000, SlackText.Plain(new string('<', 40_000), "U0BOT", Names).Length);
}
