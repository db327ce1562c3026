using System.Globalization;
using System.Text;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Local;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>Texts and names that mean something to some program on the way: the person and the team see them as typed.</summary>
public sealed class OddTextTests
{
    private static readonly (string Name, string Text)[] Odd =
    [
        ("emoji", "My laptop is broken 😀👩‍👩‍👧‍👦🏴‍☠️ ✈️ really"),
        ("right to left", "المحمول الخاص بي لا يعمل laptop מחשב"),
        ("html", "My laptop says <script>alert(1)</script> <b>bold</b> &amp; <img src=x onerror=alert(1)> </article>"),
        ("slack", "My laptop says <!channel> <@U123> <https://evil.example|click> *bold* _it_ ~no~ `code` &lt;!here&gt;"),
        ("markdown", "My laptop says **bold** [click](https://evil.example) # head `code` | a | b |"),
        ("adaptive", "My laptop says {{DATE(2026-01-01T00:00:00Z)}} ${name} <at>everyone</at> {\"type\":\"AdaptiveCard\"}"),
        ("template", "My laptop says {ticket} {0} {person} %s $1 \\n"),
        ("sql", "My laptop says '; DROP TABLE tickets; -- \" ` \\"),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var platform in ChatPlatform.Names)
            {
                foreach (var (name, _) in Odd)
                {
                    cases.Add(platform, name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Words_WithMarkup_AreShownAsTypedToEverybody(string platform, string kind)
    {
        var text = Odd.First(odd => odd.Name == kind).Text;
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        foreach (var team in new[] { "workplace", "applications", "service-desk", "security", "network", "identity" })
        {
            await ada.BindAsync(team);
        }

        await wanda.SayAsync(text);
        await wanda.SeesAsync("This is what I understood");
        Reads.Contains(Visible(text), Visible((await wanda.ChatAsync())[^1].Card.Text));
        await desk.PassAsync(TimeSpan.FromMinutes(10));
        var record = Assert.Single(await desk.TicketsAsync(), ticket => ticket.Type != "query").Id;
        await ada.SeesAsync(record);
        Reads.Contains(Visible(text), Visible(await ada.SeenAsync()));

        await ada.SayAsync($"note {record} {text}");
        await ada.SayAsync($"reply {record} {text}");
        await desk.SettledAsync();
        Reads.Contains(Visible(text), Visible((await wanda.ChatAsync())[^1].Card.Text));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Names_WithMarkup_AreShownAsTyped(string platform, string kind)
    {
        var name = Odd.First(odd => odd.Name == kind).Text["My laptop ".Length..][..20].Trim();
        var played = ChatPlatform.Of(platform);
        var names = played switch
        {
            TeamsPlatform teams => teams.DisplayNames,
            SlackPlatform slack => slack.DisplayNames,
            LocalPlatform local => local.DisplayNames,
            _ => throw new NotSupportedException(),
        };
        names["nadia"] = name;
        await using var desk = await RunningDesk.StartAsync(played);
        var (nadia, ada) = (desk.Person("nadia"), desk.Person("ada"));
        await ada.BindAsync("workplace");

        await nadia.SayAsync("My laptop does not start.");
        await nadia.SeesAsync("This is what I understood");
        await desk.PassAsync(TimeSpan.FromMinutes(10));

        await ada.SeesAsync("From: ");
        Reads.Contains(Visible($"From: {name}"), Visible(await ada.SeenAsync()));
    }

    [Theory, Stories.OnEveryPlatform]
    public async Task Words_FortyThousandCharacters_AreKeptWholeAndShownCut(string platform)
    {
        var text = "My laptop does not start. " + string.Join(' ', Enumerable.Range(0, 40_000 / 8).Select(n => $"word{n % 1000:000}"));
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");

        await wanda.SayAsync(text);
        await wanda.SeesAsync("This is what I understood");
        await desk.PassAsync(TimeSpan.FromMinutes(10));

        var record = Assert.Single(await desk.TicketsAsync(), ticket => ticket.Type != "query").Id;
        Assert.Equal(text, Assert.Single(await desk.TextsAsync(record), words => words.Kind == "description").Text);
        await desk.Person("ada").SayAsync($"note {record} {text}");
        await desk.Person("ada").SayAsync($"reply {record} {text}");
        await wanda.SeesAsync("word001");
    }

    [Theory, Stories.OnEveryPlatform]
    public async Task Words_WithControlAndZeroWidthCharacters_AreTakenAndReadWithoutThem(string platform)
    {
        const string Typed = "My lap\u0000top\u0007 does\u200B\u200B\u200B not\u202E start\u2066.\u0001\uFEFF";
        await using var desk = await RunningDesk.StartAsync(platform);
        var wanda = desk.Person("wanda");

        await wanda.SayAsync(Typed);

        await wanda.SeesAsync("This is what I understood");
        Reads.Contains("My laptop does not start.", Visible((await wanda.ChatAsync())[^1].Card.Text));
        Assert.DoesNotContain((await wanda.ChatAsync())[^1].Card.Text, letter => letter is '\0' or '\a' or '\u202E' or '\u2066');
    }

    [Theory, Stories.OnEveryPlatform]
    public async Task Words_OnlySpacesOrSigns_AreAnsweredAndOpenNothingByThemselves(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var wanda = desk.Person("wanda");

        await wanda.SayAsync("???");

        await wanda.SeesAsync("desk");
        Assert.NotEmpty(await wanda.ChatAsync());
    }

    /// <summary>What the eye sees: without joiners and other marks of no width.</summary>
    private static string Visible(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format).Select(rune => rune.ToString()));
}
