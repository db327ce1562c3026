using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>The second branch: a catalogue item with a form, an approval and the work that fulfils it.</summary>
public sealed class RequestStory
{
    [Theory, OnEveryPlatform]
    public async Task Laptop_OrderedAndApproved_IsFulfilled(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var (jonas, mara, ada) = (desk.Person("jonas"), desk.Person("mara"), desk.Person("ada"));
        var request = await desk.OnlyAsync("request");
        Assert.Equal(("waiting-approval", "workplace", "mara", "new-laptop"), (request.State, request.Team, request.Approver, request.Item));
        await jonas.SeesAsync("Mara was asked to approve it");
        await ada.SeesNotAsync("New laptop");
        await mara.SeesAsync("Jonas would like: New laptop");
        await mara.SeesAsync("Standard 14 inch");
        await mara.SeesAsync("The old one takes ten minutes to start");

        await mara.PressAsync("Approve");

        await jonas.SeesAsync($"Mara approved {request.Id}");
        await ada.SeesAsync("Standard 14 inch");
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "The laptop is on your desk."));
        await jonas.SeesAsync("The laptop is on your desk.");
        await jonas.PressAsync("Yes, thanks");

        request = await desk.OnlyAsync("request");
        Assert.Equal(("closed", "fulfilled"), (request.State, request.Closure));
        Assert.Equal(
            ["registered", "classified", "confirmed", "target-set", "approved", "claimed", "resolved", "closed", "survey-sent"],
            await desk.EventsAsync("request"));
    }

    [Theory, OnEveryPlatform]
    public async Task Laptop_Rejected_TellsTheReasonAndReachesNoTeam(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var (jonas, mara, ada) = (desk.Person("jonas"), desk.Person("mara"), desk.Person("ada"));

        await mara.PressAsync("Reject", ("text", "Yours is only a year old."));

        await jonas.SeesAsync("Mara did not approve");
        await jonas.SeesAsync("Yours is only a year old.");
        var request = await desk.OnlyAsync("request");
        Assert.Equal(("closed", "rejected"), (request.State, request.Closure));
        await ada.SeesNotAsync("New laptop");
        Assert.Null(await desk.SurveyAsync(request.Id));
    }

    [Theory, OnEveryPlatform]
    public async Task Laptop_ApprovedBySomebodyElse_IsRefused(string platform)
    {
        await using var desk = await OrderAsync(platform);
        var (jonas, mara) = (desk.Person("jonas"), desk.Person("mara"));
        var card = Assert.Single(await mara.ChatAsync(), post => post.Card.Button("Approve") is not null);

        await jonas.SayAsync($"approve {(await desk.OnlyAsync("request")).Id}");

        await jonas.SeesAsync("Somebody else was asked to decide this.");
        Assert.Equal("waiting-approval", (await desk.OnlyAsync("request")).State);
        await mara.PressAsync("Approve");
        await mara.PressAsync(card, card.Card.Button("Reject")!);
        await mara.SeesAsync("is decided already");
        Assert.Equal("queued", (await desk.OnlyAsync("request")).State);
    }

    private static async Task<RunningDesk> OrderAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        var (jonas, mara) = (desk.Person("jonas"), desk.Person("mara"));
        await desk.Person("ada").BindAsync("workplace");
        await mara.SayAsync("hello");
        await jonas.SayAsync("I would like to order a new laptop, please.");
        await jonas.SeesAsync("You get: New laptop");
        await jonas.SeesAsync("1,150 euros");
        await jonas.PressAsync("That's right");

        var form = await jonas.FormAsync();
        Assert.Equal(["model", "needed-by", "reason"], form.Card.Inputs.Select(input => input.Id));
        await jonas.SubmitAsync(("model", "Standard 14 inch"), ("reason", "   "));
        Assert.Contains("Please fill this in.", (await jonas.FormAsync()).Card.Text, StringComparison.Ordinal);
        await jonas.SubmitAsync(("model", "Standard 14 inch"), ("reason", "The old one takes ten minutes to start"));
        return desk;
    }
}
