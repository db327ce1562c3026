using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>From one sentence to a closed ticket with feedback in the manager's digest.</summary>
public sealed class WarehouseStory
{
    public const string Words = "The wifi in the warehouse keeps dropping and the forklift drivers can't get their picks. The truck leaves at 16:00 today.";

    [Theory, OnEveryPlatform]
    public async Task Warehouse_FromFirstWordToDigest_IsOneTicketConfirmedAndHeard(string platform) => await TellAsync(await RunningDesk.StartAsync(ChatPlatform.Of(platform)));

    [Theory, OnEveryPlatform]
    public async Task Warehouse_EveryDeliveryTwiceAtOnceAndOnceMore_IsTheSameStory(string platform) => await TellAsync(await RunningDesk.StartAsync(ChatPlatform.Of(platform, repeatsDeliveries: true)));

    /// <param name="started">Closed at the end.</param>
    internal static async Task TellAsync(RunningDesk started)
    {
        await using var desk = started;
        var (wanda, ada, mara) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("mara"));
        await ada.BindAsync("network");
        await mara.SayAsync("hello");

        await wanda.SayAsync(Words);

        var restated = Assert.Single(await wanda.ChatAsync()).Card;
        Reads.Contains("Warehouse Wi-Fi", restated.Text);
        Reads.Contains("a whole department", restated.Text);
        Reads.Contains("urgent: it comes before normal work", restated.Text);
        Reads.Contains("Needed by", restated.Text);
        Reads.Contains("the Network team gets it now", restated.Text);
        Assert.Equal(["That's right", "Change something", "Talk to a person"], restated.Buttons.Select(button => button.Title));
        await ada.SeesNotAsync("Wanda");

        await wanda.PressAsync("That's right");

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("queued", 2, "network", "warehouse-wifi", "department"), (incident.State, incident.Priority, incident.Team, incident.Service, incident.Impact));
        var logged = Assert.Single(await wanda.ChatAsync()).Card;
        Reads.Contains(incident.Id, logged.Text);
        Reads.Contains("Expected to work again by", logged.Text);
        Assert.Equal(["It is more urgent", "Cancel it"], logged.Buttons.Select(button => button.Title));

        await ada.SeesAsync($"{incident.Id} · priority 2");
        await ada.PressAsync("Claim");
        await wanda.SeesAsync("Ada of the Network team is working on it");

        await ada.PressAsync("Reply to user", ("text", "I am on my way to hall 3."));
        await wanda.SeesAsync("I am on my way to hall 3.");

        await ada.PressAsync("Resolve", ("text", "The access point in hall 3 was replaced."));
        await wanda.SeesAsync("The access point in hall 3 was replaced.");
        await wanda.SeesAsync("Is it working for you?");
        await wanda.PressAsync("Yes, thanks");

        incident = await desk.OnlyAsync("incident");
        Assert.Equal(("closed", "confirmed"), (incident.State, incident.Closure));
        await ada.SeesAsync($"Wanda says {incident.Id} works. Closed.");

        await wanda.SeesAsync($"One quick question about {incident.Id}: did it work?");
        await wanda.PressAsync("Yes");
        await wanda.PressAsync("😀 Very good");
        await wanda.PressAsync("Partly");
        await wanda.PressAsync("Send with my name", ("text", "Quick and friendly, thank you."));
        await wanda.SeesAsync("Thank you!");
        Assert.Equal("answered", (await desk.SurveyAsync(incident.Id))?.State);

        await desk.PassAsync(TimeSpan.FromHours(23));
        await mara.SeesAsync("Your digest");
        await mara.SeesAsync($"Wanda about {incident.Id}:");
        await mara.SeesAsync("Quick and friendly, thank you.");
        await mara.SeesAsync("Did it work? Yes: 1 of 1");
        await mara.SeesAsync("How was it? (1 to 5): 5.0 on average of 1");
        await mara.SeesAsync("Need met? Yes: 0 of 1");

        Assert.Equal(
            ["registered", "classified", "confirmed", "target-set", "claimed", "reply", "resolved", "closed", "survey-sent", "survey-answered"],
            await desk.EventsAsync("incident"));
        Assert.Equal(["registered", "classified", "converted", "closed"], await desk.EventsAsync("query"));
        Assert.Single(await mara.ChatAsync(), post => post.Card.Text.Contains("Your digest", StringComparison.Ordinal));

        // The card; the reply; the question, now the thanks; the survey, now its thanks.
        Assert.Equal(4, (await wanda.ChatAsync()).Count);
    }
}
