using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Looking through the catalogue, ordering out of it, and asking for what it does not hold.</summary>
public sealed class CatalogueStory
{
    [Theory, OnEveryPlatform]
    public async Task Catalogue_Asked_ShowsWhatThisPersonCanOrderWithPriceAndTime(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, wanda) = (desk.Person("tom"), desk.Person("wanda"));

        await tom.SayAsync("What can I order?");
        await wanda.SayAsync("catalogue");

        await tom.SeesAsync("New laptop: A laptop with docking station");
        await tom.SeesAsync("1,150 euros, charged to your cost centre · within 5 working days");
        await tom.SeesAsync("free of charge · within 4 working hours");
        await tom.SeesAsync("Trade fair kit is coming and cannot be ordered yet.");
        Assert.DoesNotContain((await tom.ChatAsync())[^1].Card.Buttons, button => button.Title == "Order Trade fair kit");
        await tom.SeesNotAsync("Forklift terminal");
        await wanda.SeesAsync("Forklift terminal");
    }

    [Theory, OnEveryPlatform]
    public async Task Item_FoundByPlainWords_IsOrderedThereAndBecomesOneRequest(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, mara) = (desk.Person("tom"), desk.Person("mara"));
        await mara.SayAsync("hello");
        await tom.SayAsync("catalogue a phone for work");
        await tom.PressAsync("Order Work phone");
        var form = (await tom.FormAsync()).Card.Text;
        foreach (var known in new[] { "420 euros and 18 euros per month", "within 3 working days", "For people who must be reached", "Mara", "Workplace" })
        {
            Assert.Contains(known, form, StringComparison.Ordinal);
        }

        await tom.SubmitAsync(("kind", "Android"));

        var request = await desk.OnlyAsync("request");
        Assert.Equal(("waiting-approval", "mara", "work-phone", "tom"), (request.State, request.Approver, request.Item, request.Reporter));
        Assert.Single(await desk.TicketsAsync());
        await tom.SeesAsync($"{request.Id} · Work phone");
        await tom.SeesAsync("Mara was asked to approve it");
        await mara.SeesAsync("Which one?: Android");
        await mara.PressAsync("Approve");
        await tom.SeesAsync($"Mara approved {request.Id}");
    }

    [Theory, OnEveryPlatform]
    public async Task Order_AfterTheCutOff_QuotesTheNextWorkingDayAndSaysWhy(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var wanda = desk.Person("wanda");
        await wanda.SayAsync("catalogue forklift terminal");
        await desk.PassAsync(TimeSpan.FromHours(5));

        await wanda.PressAsync("Order Forklift terminal");

        var form = await wanda.FormAsync();
        Assert.Contains("Orders after 14:00 count from the next working day", form.Card.Text, StringComparison.Ordinal);
        await wanda.SubmitAsync(("forklift", "F-12"));
        // Wednesday from eight o'clock in Berlin, and twenty working hours: Thursday evening.
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 17, 0, 0, TimeSpan.Zero), (await desk.OnlyAsync("request")).Resolution!.Due);
    }

    [Theory, OnEveryPlatform]
    public async Task Order_BeyondTheQuota_IsRefusedWithTheDayFromWhichItWorksAgain(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var wanda = desk.Person("wanda");
        for (var n = 1; n <= 2; n++)
        {
            await wanda.SayAsync("catalogue forklift terminal");
            await wanda.PressAsync("Order Forklift terminal");
            await wanda.SubmitAsync(("forklift", $"F-{n}"));
            await desk.PassAsync(TimeSpan.FromDays(1));
        }

        await wanda.SayAsync("catalogue forklift terminal");
        await wanda.PressAsync("Order Forklift terminal");

        await wanda.SeesAsync("You have had Forklift terminal 2 time(s) within 30 days");
        Assert.Null(wanda.Form);
        Assert.Equal(2, (await desk.TicketsAsync()).Count);
    }

    [Theory, OnEveryPlatform]
    public async Task Order_WithoutTheTraining_TellsTheWayToIt(string platform)
    {
        var folder = DeskFolders.With(("people.yaml", text => DeskFolders.ReplaceOnce(text, "forklift-licence: always", "forklift-licence: 2026-11-23")));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var wanda = desk.Person("wanda");

        await wanda.SayAsync("order forklift terminal");

        await wanda.SeesAsync("once you have the training for it. HR books the two-day forklift course");
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Wish_NotInTheCatalogue_ReachesTheOwnerWhoseAnswerComesBack(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, mara) = (desk.Person("tom"), desk.Person("mara"));
        await mara.SayAsync("hello");
        await tom.SayAsync("catalogue parking space");
        await tom.SeesAsync("Nothing that you can order fits");

        await tom.PressAsync("Ask for it");

        var wish = await desk.OnlyAsync("idea");
        Assert.Equal(("mara", "assigned"), (wish.Owner, wish.State));
        await tom.SeesAsync("Mara has your wish and answers you here.");
        await mara.SeesAsync("Tom would like something that cannot be ordered yet");
        await mara.PressAsync("Answer", ("text", "We add it in spring."));
        await tom.SeesAsync($"Mara answers your wish {wish.Id}:");
        await tom.SeesAsync("We add it in spring.");
        Assert.Equal("answered", (await desk.OnlyAsync("idea")).Closure);
    }

    [Theory, OnEveryPlatform]
    public async Task Service_AskedByThreeKindsOfPeople_ShowsEachTheirView(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, mara, ada) = (desk.Person("tom"), desk.Person("mara"), desk.Person("ada"));

        await tom.SayAsync("service phones");
        await mara.SayAsync("service phones");
        await ada.SayAsync("service phones");

        await tom.SeesAsync("Who decides: Mara");
        await tom.SeesAsync("You can order: Work phone");
        await tom.SeesNotAsync("too few deliveries");
        await tom.SeesNotAsync("How it is supported");
        await mara.SeesAsync("How well it is delivered");
        await mara.SeesAsync("Work phone: promised within 3 working days; too few deliveries to tell. 420 euros");
        await mara.SeesNotAsync("How it is supported");
        await ada.SeesAsync("How it is supported");
        await ada.SeesAsync("Work phone (work-phone): Workplace; manager");
        await ada.SeesNotAsync("How well it is delivered");
    }

    [Theory, OnEveryPlatform]
    public async Task Promise_AfterDeliveriesEnough_IsWhatWasMeasuredAndTheOwnerSeesTheGap(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (tom, mara, ada) = (desk.Person("tom"), desk.Person("mara"), desk.Person("ada"));
        await ada.BindAsync("identity");
        for (var n = 1; n <= 5; n++)
        {
            await DeliverAsync(desk, tom, ada);
        }

        await tom.SayAsync("order shared-folder-access");
        await mara.SayAsync("service file-shares");

        await tom.SeesAsync("as the last 5 orders show");
        await mara.SeesAsync("promised within 4 working hours, really within 2 working days; only 1 of 5 in time");
    }

    /// <summary>One order that takes a day and a half of working time.</summary>
    private static async Task DeliverAsync(RunningDesk desk, ChatPerson tom, ChatPerson ada)
    {
        await tom.SayAsync("catalogue shared folder");
        await tom.PressAsync("Order Access to a shared folder");
        await tom.SubmitAsync(("folder", "Fairs"), ("level", "Read"));
        await desk.PassAsync(TimeSpan.FromHours(29));
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "You can open it now."));
        await tom.PressAsync("Yes, thanks");
        await desk.PassAsync(TimeSpan.FromHours(19));
    }
}
