using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>Buttons in the wrong hands or at the wrong time: a sentence says why not, and nothing changes.</summary>
public sealed class ButtonTests
{
    [Theory, OnEveryPlatform]
    public async Task TeamButtons_PressedByAnEndUser_AreRefusedInOneSentence(string platform)
    {
        await using var desk = await ClaimedAsync(platform);
        var tom = desk.Person("tom");
        tom.Join("workplace");
        var before = await desk.EventsAsync("incident");
        var card = (await tom.PostsAsync()).Last(post => post.Card.Button("Resolve") is not null);

        foreach (var button in card.Card.Buttons.Where(button => button.Title != "Why?"))
        {
            var seen = (await tom.SeenAsync()).Split("Only people of the Workplace team").Length;
            await tom.PressAsync(card, button);
            await Eventually.HoldsAsync(
                async () => (await tom.SeenAsync()).Split("Only people of the Workplace team").Length > seen,
                () => $"{button.Title} was not refused.");
            Assert.Null(tom.Form);
        }

        Assert.Equal(before, await desk.EventsAsync("incident"));
    }

    [Theory, OnEveryPlatform]
    public async Task RequesterButtons_PressedBySomebodyElse_AreRefused(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await wanda.SayAsync("My laptop does not start.");

        // As a forged payload would: the button from another person's chat.
        await ada.SayAsync($"fixed {(await desk.OnlyAsync("query")).Id}");

        await ada.SeesAsync("Only the person it is for can do this.");
        Assert.Equal("registered", (await desk.OnlyAsync("query")).State);
    }

    [Theory, OnEveryPlatform]
    public async Task OldButtons_OnAClosedTicket_SayThatItIsClosed(string platform)
    {
        await using var desk = await ClaimedAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        var card = (await ada.PostsAsync()).Last(post => post.Card.Button("Resolve") is not null);
        await ada.PressAsync("Resolve", ("text", "A new battery is in."));
        await wanda.SeesAsync("Is it working for you?");
        var question = (await wanda.PostsAsync()).Last(post => post.Card.Button("Still broken") is not null);
        await wanda.PressAsync("Yes, thanks");
        var before = await desk.EventsAsync("incident");
        var incident = (await desk.OnlyAsync("incident")).Id;

        foreach (var title in new[] { "Resolve", "Claim", "Wait for user", "Release" })
        {
            await ada.PressAsync(card, card.Card.Button(title)!);
        }

        await ada.SeesAsync($"{incident} is closed already.");
        await wanda.PressAsync(question, question.Card.Button("Yes, thanks")!);
        await wanda.SeesAsync($"{incident} is closed already.");
        Assert.Equal(before, await desk.EventsAsync("incident"));
    }

    [Theory, OnEveryPlatform]
    public async Task Commands_OnTicketsThatAreNotThere_AreAnsweredPolitely(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var ada = desk.Person("ada");

        await ada.SayAsync("claim INC-999999999999");

        await ada.SeesAsync("I do not know INC-999999999999.");
        Assert.Empty(await desk.TicketsAsync());
    }

    private static async Task<RunningDesk> ClaimedAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(wanda, "My laptop does not start.");
        await ada.PressAsync("Claim");
        return desk;
    }
}
