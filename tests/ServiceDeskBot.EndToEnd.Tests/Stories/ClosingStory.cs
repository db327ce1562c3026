using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>How a ticket ends: by the person's word, by silence, not at all; and what is asked afterwards.</summary>
public sealed class ClosingStory
{
    [Theory, OnEveryPlatform]
    public async Task StillBroken_ByButton_GoesBackToItsOwnerWithoutASurvey(string platform)
    {
        await using var desk = await ResolvedAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));

        await wanda.PressAsync("Still broken");

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("assigned", "ada", 1), (incident.State, incident.Owner, incident.Reopened));
        await wanda.SeesAsync($"{incident.Id} is open again and back with Ada");
        await ada.SeesAsync($"Wanda says {incident.Id} is still broken.");

        await ada.PressAsync("Resolve", ("text", "Now with a new board."));
        await wanda.PressAsync("Yes, thanks");
        Assert.Equal("confirmed", (await desk.OnlyAsync("incident")).Closure);
        await wanda.SeesNotAsync("did it work?");
    }

    [Theory, OnEveryPlatform]
    public async Task StillBroken_TypedAfterClosing_OpensItAgainAndTakesTheSurveyBack(string platform)
    {
        await using var desk = await ResolvedAsync(platform);
        var wanda = desk.Person("wanda");
        await wanda.PressAsync("Yes, thanks");

        await wanda.SayAsync("still not working");

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("assigned", "ada"), (incident.State, incident.Owner));
        Assert.Equal("withdrawn", (await desk.SurveyAsync(incident.Id))?.State);
    }

    [Theory, OnEveryPlatform]
    public async Task StillBroken_AfterTheGrace_StaysClosedAndOpensNothing(string platform)
    {
        await using var desk = await ResolvedAsync(platform);
        var wanda = desk.Person("wanda");
        await wanda.PressAsync("Yes, thanks");
        await desk.PassAsync(TimeSpan.FromDays(8));

        await wanda.SayAsync("still not working");

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("closed", 0), (incident.State, incident.Reopened));
        await wanda.SeesAsync($"{incident.Id} was closed a while ago");
    }

    [Theory, OnEveryPlatform]
    public async Task Thanks_WhileTheFixIsToBeVerified_NeitherClosesNorReopens(string platform)
    {
        await using var desk = await ResolvedAsync(platform);
        var wanda = desk.Person("wanda");

        await wanda.SayAsync("Thanks!");

        Assert.Equal("resolved", (await desk.OnlyAsync("incident")).State);
        await wanda.SeesAsync($"You're welcome! Is {(await desk.OnlyAsync("incident")).Id} working for you?");
        await wanda.PressAsync("Yes, thanks");
        await wanda.SayAsync("thank you");
        Assert.Equal("confirmed", (await desk.OnlyAsync("incident")).Closure);
        Assert.Equal(2, (await desk.TicketsAsync()).Count);
    }

    [Theory, OnEveryPlatform]
    public async Task Silence_AfterOneReminder_ClosesAsNotConfirmed(string platform)
    {
        await using var desk = await ResolvedAsync(platform);
        var wanda = desk.Person("wanda");
        var incident = await desk.OnlyAsync("incident");

        await desk.PassAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await wanda.SeesNotAsync($"Is {incident.Id} working for you now?");
        await desk.PassAsync(TimeSpan.FromSeconds(1));
        await wanda.SeesAsync($"Is {incident.Id} working for you now?");
        Assert.Equal("resolved", (await desk.OnlyAsync("incident")).State);

        await desk.PassAsync(TimeSpan.FromHours(48));

        incident = await desk.OnlyAsync("incident");
        Assert.Equal(("closed", "not-confirmed"), (incident.State, incident.Closure));
        await wanda.SeesAsync($"I closed {incident.Id}, since I did not hear from you.");
        Assert.Null(await desk.SurveyAsync(incident.Id));
        Assert.Single(await wanda.ChatAsync(), post => post.Card.Text.Contains("working for you now", StringComparison.Ordinal));
    }

    [Theory, OnEveryPlatform]
    public async Task Unconfirmed_UrgentAndNot_IsLoggedAfterTwoAndTenMinutes(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, tom, ada) = (desk.Person("wanda"), desk.Person("tom"), desk.Person("ada"));
        await ada.BindAsync("network");
        await ada.BindAsync("workplace");
        await wanda.SayAsync(WarehouseStory.Words);
        await tom.SayAsync("My laptop keyboard has a key that sticks.");

        await desk.PassAsync(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.All(await desk.TicketsAsync(), ticket => Assert.Equal("query", ticket.Type));
        await desk.PassAsync(TimeSpan.FromSeconds(1));

        var urgent = await desk.OnlyAsync("incident");
        Assert.Equal(("queued", "wanda", false), (urgent.State, urgent.Reporter, urgent.Confirmed));
        await wanda.SeesAsync($"so I logged it as I understood it: {urgent.Id}");
        await ada.SeesAsync("Unconfirmed: the person did not say whether this is understood right.");

        await desk.PassAsync(TimeSpan.FromMinutes(8));
        var records = (await desk.TicketsAsync()).Where(ticket => ticket.Type != "query").ToList();
        Assert.Equal(["tom", "wanda"], records.Select(record => record.Reporter).Order(StringComparer.Ordinal));
        await tom.SeesAsync("so I logged it as I understood it");
    }

    [Theory, OnEveryPlatform]
    public async Task Survey_TenClosuresWithinTheCoolDown_ComesOnceAndAgainAfterIt(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        for (var i = 0; i < 10; i++)
        {
            await CloseAsync(desk, wanda, ada);
            await desk.PassAsync(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(10, (await desk.TicketsAsync()).Count(ticket => ticket.Closure == "confirmed"));
        Assert.Single(await wanda.ChatAsync(), IsSurvey);

        await desk.PassAsync(TimeSpan.FromDays(14));
        await CloseAsync(desk, wanda, ada);
        Assert.Equal(2, (await wanda.ChatAsync()).Count(IsSurvey));
    }

    [Theory, OnEveryPlatform]
    public async Task Survey_Skipped_SaysNoMore(string platform)
    {
        await using var desk = await ResolvedAsync(platform);
        var wanda = desk.Person("wanda");
        await wanda.PressAsync("Yes, thanks");

        await wanda.PressAsync("Skip");

        await wanda.SeesAsync("No problem. Have a good day!");
        Assert.Equal("skipped", (await desk.SurveyAsync((await desk.OnlyAsync("incident")).Id))?.State);
    }

    [Theory, OnEveryPlatform]
    public async Task Digest_FourAnonymousAnswersAndThenAFifth_WithholdsThemAndThenShowsThem(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (ada, mara) = (desk.Person("ada"), desk.Person("mara"));
        await ada.BindAsync("workplace");
        string[] people = ["wanda", "tom", "ines", "jonas", "petra"];
        foreach (var name in people[..4])
        {
            await AnswerAsync(desk, desk.Person(name), ada, "Send without my name");
        }

        await mara.SayAsync("digest");
        var withheld = (await mara.ChatAsync())[^1].Card.Text;
        Reads.Contains("A few answers without names are held back", withheld);
        Assert.DoesNotContain("in confidence", withheld, StringComparison.Ordinal);
        Assert.DoesNotContain("Did it work?", withheld, StringComparison.Ordinal);

        await AnswerAsync(desk, desk.Person(people[4]), ada, "Send without my name");
        await mara.SayAsync("digest");
        var shown = (await mara.ChatAsync())[^1].Card.Text;
        Reads.Contains("wanda, in confidence", shown);
        Reads.Contains("Did it work? Yes: 5 of 5", shown);
        Assert.DoesNotContain("about INC", shown, StringComparison.Ordinal);
    }

    private static bool IsSurvey(SeenPost post) => post.Card.Text.Contains("One quick question about", StringComparison.Ordinal);

    private static async Task AnswerAsync(RunningDesk desk, ChatPerson person, ChatPerson agent, string how)
    {
        await CloseAsync(desk, person, agent);
        await person.PressAsync("Yes");
        await person.PressAsync("🙂 Good");
        await person.PressAsync("Yes");
        await person.PressAsync(how, ("text", $"{person.Name}, in confidence"));
        await person.SeesAsync("It was kept without your name.");
    }

    private static async Task CloseAsync(RunningDesk desk, ChatPerson person, ChatPerson agent)
    {
        await TicketTalkStory.LogAsync(person, "My laptop does not start.");
        var open = Assert.Single(await desk.TicketsAsync(), ticket => ticket.IsOpen);
        await agent.WriteUnderAsync("workplace", open.Id, $"resolve {open.Id} done");
        await person.PressAsync("Yes, thanks");
    }

    /// <summary>Wanda's laptop, solved by Ada and to be verified.</summary>
    private static async Task<RunningDesk> ResolvedAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(wanda, "My laptop does not start.");
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "A new battery is in."));
        await wanda.SeesAsync("Is it working for you?");
        return desk;
    }
}
