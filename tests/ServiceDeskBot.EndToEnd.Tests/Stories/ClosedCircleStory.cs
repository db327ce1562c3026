using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>A ticket that goes to another team leaves nothing behind but a word that it went; a confidential one not even where to.</summary>
public sealed class ClosedCircleStory
{
    [Theory, OnEveryPlatform]
    public async Task Reclassify_ToSecurity_LeavesNothingReadableInTheOldChannel(string platform)
    {
        await using var desk = await SlowAsync(platform);
        var (wanda, ada, tom) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("tom"));
        var incident = await desk.OnlyAsync("incident");
        await wanda.SayAsync("It began when I typed my badge number into a page that looked odd");
        await tom.SeesAsync("badge number");

        await ada.PressAsync("Change type or priority", ("category", "security"), ("text", "A counterfeit page."));

        Assert.Equal((true, "security"), ((await desk.OnlyAsync("incident")).Restricted, (await desk.OnlyAsync("incident")).Team));
        await tom.SeesAsync($"{incident.Id} is not dealt with here any more.");
        foreach (var words in new[] { "internet at my desk", "badge number", "counterfeit", "security" })
        {
            await tom.SeesNotAsync(words);
        }

        Assert.Empty((await tom.PostsAsync()).Where(post => post.Author is null).SelectMany(post => post.Card.Buttons));
        await ada.SeesAsync("internet at my desk");

        await wanda.SayAsync("and it asked for my phone number too");
        await ada.SeesAsync("phone number");
        await tom.SeesNotAsync("phone number");
    }

    [Theory, OnEveryPlatform]
    public async Task NotOurs_ToSecurity_SaysNeitherWhereToNorWhy(string platform)
    {
        await using var desk = await SlowAsync(platform);
        var (ada, tom) = (desk.Person("ada"), desk.Person("tom"));
        var incident = await desk.OnlyAsync("incident");

        await ada.PressAsync("Not ours", ("team", "security"), ("text", "A counterfeit page."));

        Assert.True((await desk.OnlyAsync("incident")).Restricted);
        await tom.SeesAsync($"{incident.Id} is not dealt with here any more.");
        await tom.SeesNotAsync("counterfeit");
        await tom.SeesNotAsync("internet at my desk");
    }

    [Theory, OnEveryPlatform]
    public async Task Restricted_AskedForInTheOldChannel_IsNotShownThere(string platform)
    {
        await using var desk = await SlowAsync(platform);
        var (ada, tom) = (desk.Person("ada"), desk.Person("tom"));
        var incident = await desk.OnlyAsync("incident");
        await ada.PressAsync("Change type or priority", ("category", "security"));

        await ada.SayInAsync("network", $"show {incident.Id}");
        await tom.SeesAsync("Not where others read along");
        await tom.SayInAsync("network", $"why {incident.Id}");
        await tom.SeesAsync("You may not see this one.");
        await ada.WriteUnderAsync("network", incident.Id, "so was it that page after all");

        await tom.SeesAsync("What is written in this thread does not reach it any more.");
        await tom.SeesNotAsync("internet at my desk");
        Assert.DoesNotContain(await desk.TextsAsync(incident.Id), text => text.Text.Contains("after all", StringComparison.Ordinal));
    }

    [Theory, OnEveryPlatform]
    public async Task NotOurs_AndBack_LeavesANoticeAndHangsANewCard(string platform)
    {
        await using var desk = await SlowAsync(platform);
        var (wanda, ada, tom) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("tom"));
        await ada.BindAsync("applications");
        var incident = await desk.OnlyAsync("incident");

        await ada.PressAsync("Not ours", ("team", "applications"), ("text", "It is the ERP client."));
        await tom.SeesAsync($"{incident.Id} went on to another team.");
        await tom.SeesAsync($"Ada moved {incident.Id} to Applications: It is the ERP client.");
        await tom.SeesNotAsync("internet at my desk");
        Assert.Empty((await tom.PostsAsync()).Where(post => post.Author is null).SelectMany(post => post.Card.Buttons));

        await wanda.SayAsync("It is only slow in one window");
        await ada.SeesAsync("one window");
        await tom.SeesNotAsync("one window");

        await ada.PressAsync("Not ours", ("team", "network"), ("text", "No, the cable."));
        await tom.SeesAsync("internet at my desk");
        await ada.PressAsync("Claim");
        Assert.Equal(("network", "ada"), ((await desk.OnlyAsync("incident")).Team, (await desk.OnlyAsync("incident")).Owner));
    }

    [Theory, OnEveryPlatform]
    public async Task Restricted_FoundToBeNothingConfidential_GoesOnInTheOpen(string platform)
    {
        await using var desk = await SlowAsync(platform);
        var (ada, tom) = (desk.Person("ada"), desk.Person("tom"));
        await ada.PressAsync("Change type or priority", ("category", "security"));

        await ada.PressAsync("Not ours", ("team", "network"), ("text", "A false alarm."));
        await ada.SeesAsync("is confidential and stays here");
        await tom.SeesNotAsync("internet at my desk");

        await ada.PressAsync("Change type or priority", ("category", "network"));

        Assert.Equal((false, "network"), ((await desk.OnlyAsync("incident")).Restricted, (await desk.OnlyAsync("incident")).Team));
        await tom.SeesAsync("internet at my desk");
    }

    [Theory, OnEveryPlatform]
    public async Task SecurityWorry_SaidInAChannel_IsTalkedAboutInTheOwnChat(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada, tom) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("tom"));
        await ada.BindAsync("network");
        await ada.BindAsync("security");
        tom.Join("network");
        await wanda.SayAsync("hello");

        await wanda.SayInAsync("network", "I think I clicked on a strange link in a mail");

        await tom.SeesAsync("I wrote to you about this in our own chat");
        await tom.SeesNotAsync("Only our security people see this");
        await wanda.SeesAsync("Only our security people see this");
        await wanda.SayAsync("that's right");
        Assert.True((await desk.OnlyAsync("incident")).Restricted);
        await ada.SeesAsync("strange link");
    }

    /// <summary>Wanda's slow internet, logged with the network team, whose channel tom reads too.</summary>
    private static async Task<RunningDesk> SlowAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        await desk.Person("ada").BindAsync("network");
        await desk.Person("ada").BindAsync("security");
        await TicketTalkStory.LogAsync(desk.Person("wanda"), "The internet at my desk is very slow today");
        desk.Person("tom").Join("network");
        await desk.Person("tom").SeesAsync("internet at my desk");
        return desk;
    }
}
