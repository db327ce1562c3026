using System.Globalization;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Whoever has to decide: hands it on, asks back, is reminded, is away, comes second, or never answers.</summary>
public sealed class ApprovalStory
{
    private static readonly (string, Func<string, string>) Twice = ("catalogue.yaml", text => DeskFolders.ReplaceOnce(
        text,
        "approver: manager\n  promise: 50 hours\n  price: 1,150 euros",
        "approvals: [{ by: manager }, { by: budget, above: 1000 }]\n  cost: 1150\n  promise: 50 hours\n  price: 1,150 euros"));

    [Theory, OnEveryPlatform]
    public async Task Approver_AsksBack_ReadsTheAnswerThatThePersonWrites(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var (tom, mara) = (desk.Person("tom"), desk.Person("mara"));

        await mara.PressAsync("Ask back", ("text", "What is wrong with your old phone?"));
        await tom.SeesAsync("What is wrong with your old phone?");
        await tom.SayAsync("Its screen broke at the fair in Leipzig last week.");

        await mara.SeesAsync("Its screen broke at the fair");
        Assert.Equal(("waiting-approval", false), ((await desk.OnlyAsync("request")).State, (await desk.OnlyAsync("request")).ApprovalQuestioned));
        Assert.Single(await desk.TicketsAsync());
        await mara.PressAsync("Approve");
        Assert.Contains("approval-questioned", await desk.EventsAsync("request"));
        Assert.Equal("queued", (await desk.OnlyAsync("request")).State);
    }

    [Theory, OnEveryPlatform]
    public async Task Approver_HandsItOn_OnlyTheOtherDecidesAndNeverThePersonThemselves(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var (tom, mara, grace) = (desk.Person("tom"), desk.Person("mara"), desk.Person("grace"));
        await grace.SayAsync("hello");
        var card = (await mara.ChatAsync()).Last(post => post.Card.Button("Approve") is not null);

        await mara.SayAsync($"delegate {(await desk.OnlyAsync("request")).Id} tom");
        await mara.SeesAsync("Nobody can approve their own request.");
        await mara.PressAsync("Let somebody else decide", ("text", "grace@example.com"));

        await mara.SeesAsync("Grace was asked to decide");
        await mara.PressAsync(card, card.Card.Button("Approve")!);
        await mara.SeesAsync("Somebody else was asked to decide this.");
        await tom.SeesAsync("Grace was asked to approve it");
        await grace.PressAsync("Approve");
        await tom.SeesAsync("Grace approved");
        Assert.Equal(
            ["registered", "classified", "confirmed", "target-set", "approval-delegated", "approved"],
            await desk.EventsAsync("request"));
    }

    [Theory, OnEveryPlatform]
    public async Task Budget_AboveTheLimit_IsAskedAfterTheManager(string platform)
    {
        var folder = DeskFolders.With(Twice, ("policies.yaml", text => DeskFolders.ReplaceOnce(text, "budget: mara", "budget: grace")));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var (tom, mara, grace) = (desk.Person("tom"), desk.Person("mara"), desk.Person("grace"));
        await mara.SayAsync("hello");
        await grace.SayAsync("hello");
        await tom.SayAsync("catalogue new laptop");
        await tom.PressAsync("Order New laptop");
        Assert.Contains("Mara → Grace", (await tom.FormAsync()).Card.Text, StringComparison.Ordinal);
        await tom.SubmitAsync(("model", "Standard 14 inch"), ("reason", "Travel"));
        await grace.SeesNotAsync("Tom would like: New laptop");

        await mara.PressAsync("Approve");
        await tom.SeesAsync("Grace was asked next.");
        await grace.SeesAsync("Approved already by: Mara");
        await grace.PressAsync("Approve");

        var request = await desk.OnlyAsync("request");
        Assert.Equal("queued", request.State);
        Assert.Equal(["mara", "grace"], request.ApprovedBy);
    }

    [Theory, OnEveryPlatform]
    public async Task Agents_BeforeItIsApproved_NeitherTakeItNorGiveItToAnybody(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var ada = desk.Person("ada");
        var request = await desk.OnlyAsync("request");
        string[] commands = ["claim {0}", "assign {0} grace", "wait {0}", "change {0}", "resolve {0} It is on your desk."];

        foreach (var command in commands)
        {
            await ada.SayAsync(string.Format(CultureInfo.InvariantCulture, command, request.Id));
        }

        await desk.SettledAsync();
        Assert.Equal(commands.Length, (await ada.ChatAsync()).Count(post => post.Card.Text.Contains($"{request.Id} waits for approval first.", StringComparison.Ordinal)));
        Assert.Equal(("waiting-approval", null), ((await desk.OnlyAsync("request")).State, (await desk.OnlyAsync("request")).Owner));
    }

    [Theory, OnEveryPlatform]
    public async Task Approver_Away_IsStoodInForByTheDeputy(string platform)
    {
        var folder = DeskFolders.With(("people.yaml", text => DeskFolders.ReplaceOnce(text, "  deputy: ada\n", "  deputy: grace\n  away: { from: 2026-11-20, until: 2026-12-24 }\n")));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");

        await PlaceAsync(desk);

        Assert.Equal("grace", (await desk.OnlyAsync("request")).Approver);
    }

    [Theory, OnEveryPlatform]
    public async Task Silence_RemindsTwiceThenEndsAndSaysSo(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var (tom, mara) = (desk.Person("tom"), desk.Person("mara"));

        for (var day = 0; day < 5; day++)
        {
            await desk.PassAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(2, (await mara.ChatAsync()).Count(post => post.Card.Text.Contains("is waiting for your decision", StringComparison.Ordinal)));
        await desk.PassAsync(TimeSpan.FromDays(10));

        await tom.SeesAsync("Mara did not decide about");
        var request = await desk.OnlyAsync("request");
        Assert.Equal(("closed", "cancelled"), (request.State, request.Closure));
        Assert.Contains("approval-expired", await desk.EventsAsync("request"));
        Assert.Null(await desk.SurveyAsync(request.Id));
    }

    private static async Task<RunningDesk> OrderAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        await desk.Person("mara").SayAsync("hello");
        await PlaceAsync(desk);
        return desk;
    }

    private static async Task PlaceAsync(RunningDesk desk)
    {
        var tom = desk.Person("tom");
        await tom.SayAsync("catalogue work phone");
        await tom.PressAsync("Order Work phone");
        await tom.SubmitAsync(("kind", "Android"), ("number", "new"));
    }
}
