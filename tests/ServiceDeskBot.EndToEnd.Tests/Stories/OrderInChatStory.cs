using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>The same form as a chat of questions, and what becomes of a form that was not finished.</summary>
public sealed class OrderInChatStory
{
    [Theory, OnEveryPlatform]
    public async Task Item_OrderedByTyping_IsAskedOneByOneAndOrderedOnce(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var tom = desk.Person("tom");

        await tom.SayAsync("order new laptop");
        await tom.SeesAsync("1,150 euros, charged to your cost centre");
        await tom.SeesAsync("New laptop, question 1 of 3: Which one?");
        await tom.SayAsync("a yacht");
        await tom.SeesAsync("Please choose one of the options.");
        await tom.SayAsync("2");
        await tom.SeesAsync("question 2 of 3: Needed by (or say \"skip\")");
        await tom.SayAsync("skip");
        await tom.SayAsync("The old one is slow");
        await tom.SeesAsync("Which one?: Standard 14 inch");
        await tom.SeesAsync("What is it for?: The old one is slow");
        Assert.Empty(await desk.TicketsAsync());
        await tom.SayAsync("yes");

        var request = await desk.OnlyAsync("request");
        Assert.Equal(("new-laptop", "waiting-approval"), (request.Item, request.State));
        Assert.Contains(await desk.TextsAsync(request.Id), text => text.Kind == "form" && text.Text == "Which one?: Standard 14 inch\nWhat is it for?: The old one is slow");
        Assert.Single(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Chat_InTheMiddle_GoesOnInAForm(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var tom = desk.Person("tom");
        await tom.SayAsync("order new laptop");
        await tom.SayAsync("Power 16 inch");

        await tom.PressAsync("Fill in a form instead");

        Assert.Equal("Power 16 inch", (await tom.FormAsync()).Card.Inputs.Single(input => input.Id == "model").Value);
        await tom.SubmitAsync(("reason", "Films"));
        Assert.Equal("new-laptop", (await desk.OnlyAsync("request")).Item);
    }

    [Theory, OnEveryPlatform]
    public async Task Form_HalfFilled_IsKeptAndOfferedAgain(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var tom = desk.Person("tom");
        await tom.SayAsync("catalogue new laptop");
        await tom.PressAsync("Order New laptop");
        await tom.SubmitAsync(("model", "Light 13 inch"), ("reason", "   "));
        await desk.PassAsync(TimeSpan.FromHours(20));

        await tom.SayAsync("order new laptop");

        await tom.SeesAsync("question 2 of 3: Needed by");
        await tom.SayAsync("cancel");
        await tom.SayAsync("catalogue new laptop");
        await tom.PressAsync("Order New laptop");
        Assert.Null((await tom.FormAsync()).Card.Inputs.Single(input => input.Id == "reason").Value);
        Assert.Empty(await desk.TicketsAsync());
    }

    /// <summary>Only Slack tells that a form was closed; on the others what was typed into it is gone with it.</summary>
    [Fact]
    public async Task Form_ClosedOnSlack_KeepsWhatThePlatformTells()
    {
        await using var desk = await RunningDesk.StartAsync("slack");
        var tom = desk.Person("tom");
        await tom.SayAsync("catalogue new laptop");
        await tom.PressAsync("Order New laptop");
        await ((SlackPlatform)desk.Platform).CloseAsync(tom, await tom.FormAsync(), ("model", "Light 13 inch"));
        await desk.SettledAsync();

        await tom.SeesAsync("New laptop is not ordered yet. I kept what you filled in.");
        await tom.PressAsync("Go on");
        await tom.SeesAsync("question 2 of 3: Needed by");
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Request_ConfirmedByTyping_IsAskedInTheChat(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var tom = desk.Person("tom");
        await tom.SayAsync("I would like to order a new laptop, please.");
        await tom.SayAsync("yes");
        await tom.SeesAsync("question 1 of 3");
        await tom.SayAsync("Light 13 inch");
        await tom.SayAsync("skip");
        await tom.SayAsync("Travel");
        await tom.SayAsync("yes");

        var request = await desk.OnlyAsync("request");
        Assert.Equal("new-laptop", request.Item);
        Assert.Equal("closed", (await desk.OnlyAsync("query")).State);
    }
}
