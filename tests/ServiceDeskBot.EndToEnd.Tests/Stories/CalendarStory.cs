using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>An answer is offered first; it does not fit; the vendor's fix is tried, and the person says that it works.</summary>
public sealed class CalendarStory
{
    private const string Words = "Since the update our team's Outlook calendar shows every meeting one hour off.";

    [Theory, OnEveryPlatform]
    public async Task Calendar_AnswerDeclinedAndVendorFixTried_IsClosedAsConfirmed(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, grace) = (desk.Person("tom"), desk.Person("grace"));
        await desk.Person("ada").BindAsync("applications");
        grace.Join("applications");

        await tom.SayAsync(Words);

        var offered = Assert.Single(await tom.ChatAsync()).Card;
        Reads.Contains("This may solve it right away:\nCalendar shows meetings an hour off", offered.Text);
        Reads.Contains("normal: we take it in turn", offered.Text);
        Assert.NotNull(offered.Button("Solved it"));
        Assert.NotNull(offered.Button("Just log it"));
        Assert.Null(offered.Button("That's right"));

        while (Assert.Single(await tom.ChatAsync()).Card.Button("Not this") is not null)
        {
            await tom.PressAsync("Not this");
        }

        await tom.PressAsync("That's right");

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("queued", 3, "applications", "email-and-calendar"), (incident.State, incident.Priority, incident.Team, incident.Service));
        await grace.SeesAsync("Tried already:");
        await grace.SeesAsync("Calendar shows meetings an hour off");
        await grace.PressAsync("Claim");

        await grace.WriteUnderAsync("applications", incident.Id, "wait The vendor has a fix: please install update 16.2 from the portal and tell me.");
        await tom.SeesAsync("Grace needs your answer");
        await tom.SeesAsync("please install update 16.2");
        Assert.Equal("waiting-user", (await desk.OnlyAsync("incident")).State);

        await tom.SayAsync("I have installed it and restarted.");
        Assert.Equal("assigned", (await desk.OnlyAsync("incident")).State);
        await grace.SeesAsync("I have installed it and restarted.");

        await grace.PressAsync("Resolve", ("text", "The vendor's update puts the time zone right."));
        await tom.SeesAsync("Grace says about");
        await tom.PressAsync("Yes, thanks");

        incident = await desk.OnlyAsync("incident");
        Assert.Equal(("closed", "confirmed"), (incident.State, incident.Closure));
        var events = await desk.EventsAsync("incident");
        Assert.Equal(["waiting", "user-message", "resumed", "resolved", "closed", "survey-sent"], events.SkipWhile(kind => kind != "waiting"));
    }

    [Theory, OnEveryPlatform]
    public async Task Calendar_AnswerSolvesIt_CountsAsSelfSolvedAndReachesNobody(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, ada) = (desk.Person("tom"), desk.Person("ada"));
        await ada.BindAsync("applications");

        await tom.SayAsync(Words);
        await tom.PressAsync("Solved it");

        await tom.SeesAsync("Great that it works!");
        Assert.Equal(("closed", "self-solved"), ((await desk.OnlyAsync("query")).State, (await desk.OnlyAsync("query")).Closure));
        Assert.Single(await desk.TicketsAsync());
        await desk.PassAsync(TimeSpan.FromHours(1));
        await ada.SeesNotAsync("Tom");
    }
}
