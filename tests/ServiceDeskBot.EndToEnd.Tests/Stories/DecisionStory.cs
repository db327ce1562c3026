using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>What the desk decides by itself can be asked for its reasons, and has somebody who answers for it.</summary>
public sealed class DecisionStory
{
    [Theory, OnEveryPlatform]
    public async Task Why_TeamChosenByARuleOfTheDesk_NamesTheRuleItsAttributesAndWhoAnswers(string platform)
    {
        var folder = DeskFolders.With(("policies.yaml", text => DeskFolders.ReplaceOnce(text, "    team: network\n    skill: wireless", "    team: workplace\n    skill: wireless")));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var ada = desk.Person("ada");
        await ada.BindAsync("workplace");

        await TicketTalkStory.LogAsync(desk.Person("wanda"), WarehouseStory.Words);

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("workplace", "leipzig-wireless", "wireless"), (incident.Team, incident.Route!.Rule, incident.Route.Skill));
        Assert.Equal(["category=network", "site=Leipzig"], incident.Route.Attributes);
        await ada.SeesAsync("Knows wireless: Linus");
        await ada.PressAsync("Why?");
        await ada.SeesAsync("The desk's rule leipzig-wireless gave it to Workplace, because of category=network, site=Leipzig.");
        await ada.SeesAsync($"The model ({desk.Model.Version}) read: Something does not work as it should");
        await ada.SeesAsync("Of who is stopped it thought");
        await ada.SeesAsync("For what the desk decides by itself, Mara answers.");
        folder.Delete(recursive: true);
    }

    [Theory, OnEveryPlatform]
    public async Task Why_MovedByAPersonAndClosedInSilence_SaysSo(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(wanda, "My laptop does not start.");
        var incident = await desk.OnlyAsync("incident");
        Assert.Equal((Route.Category, "category=hardware"), (incident.Route!.Rule, Assert.Single(incident.Route.Attributes)));
        await ada.PressAsync("Why?");
        await ada.SeesAsync("Category hardware belongs to Workplace.");
        await ada.SeesNotAsync("It closed by itself");

        await ada.SayAsync($"not ours {incident.Id} applications It is the update.");
        await ada.SayAsync($"claim {incident.Id}");
        await ada.SayAsync($"resolve {incident.Id} Took the update back.");
        await desk.PassAsync(TimeSpan.FromHours(25));
        await desk.PassAsync(TimeSpan.FromHours(49));
        await ada.SayAsync($"why {incident.Id}");

        await ada.SeesAsync("Somebody moved it to Applications.");
        await ada.SeesAsync("It closed by itself");
        await ada.SeesAsync("72 hours in all");
    }

    [Theory, OnEveryPlatform]
    public async Task Why_PersonComplimentAndWish_SayWhyTheyAreWhereTheyAre(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));

        await wanda.SayAsync("Can I talk to a person please?");
        var asked = await desk.OnlyAsync("request");
        Assert.Equal((Route.Desk, "type=human"), (asked.Route!.Rule, Assert.Single(asked.Route.Attributes)));
        await ada.SayAsync($"why {asked.Id}");
        await ada.SeesAsync("Kind words and wishes to talk to somebody go to Service desk.");

        await wanda.SayAsync("Ada was super helpful yesterday, great service");
        var kind = (await desk.TicketsAsync()).Single(ticket => ticket.Prediction?.Type == "compliment");
        Assert.Equal((Route.Desk, "type=compliment"), (kind.Route!.Rule, Assert.Single(kind.Route.Attributes)));

        await wanda.SayAsync("wish: a quieter label printer");
        var wish = await desk.OnlyAsync("idea");
        Assert.Equal((Route.Service, "service=printing"), (wish.Route!.Rule, Assert.Single(wish.Route.Attributes)));
        await ada.SayAsync($"why {wish.Id}");
        await ada.SeesAsync("A wish for Printing and labels goes to Workplace, who look after it.");
    }

    [Theory, OnEveryPlatform]
    public async Task Note_OnWorkWithoutAPath_HasNoHeadings(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var ada = desk.Person("ada");
        await ada.BindAsync("service-desk");
        desk.LetTheModelWaver("other");
        await TicketTalkStory.LogAsync(desk.Person("wanda"), "The plonkomat broke and shows flumpo.");

        await ada.PressAsync("Note");
        Assert.Equal(["text"], (await ada.FormAsync()).Card.Inputs.Select(input => input.Id));
        await ada.SubmitAsync(("text", "It hums when the lid is open."));
        await ada.SeesAsync("It hums when the lid is open.");

        await ada.PressAsync("Change type or priority", ("work", "routine"));
        await ada.PressAsync("Note");
        Assert.Equal(["text", "symptoms", "business", "items", "done", "planned"], (await ada.FormAsync()).Card.Inputs.Select(input => input.Id));
    }

    [Theory, OnEveryPlatform]
    public async Task Triage_NothingLikeItKnown_IsMarkedForWorkingTogetherUntilSomebodySaysOtherwise(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada, grace) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("grace"));
        await ada.BindAsync("service-desk");
        grace.Join("service-desk");
        desk.LetTheModelWaver("other");

        await TicketTalkStory.LogAsync(wanda, "The plonkomat broke and shows flumpo.");

        Assert.Equal(WorkKind.Novel, (await desk.OnlyAsync("incident")).Work);
        await ada.SeesAsync("Nothing like this is known here. Work on it together");
        await ada.PressAsync("I'm in");
        await grace.PressAsync("I'm in");
        Assert.Equal(["ada", "grace"], (await desk.OnlyAsync("incident")).Swarm.Order(StringComparer.Ordinal));

        await ada.PressAsync("Change type or priority", ("work", "routine"));

        Assert.Equal(WorkKind.Routine, (await desk.OnlyAsync("incident")).Work);
        Assert.Equal(2, (await desk.EventsAsync("incident")).Count(kind => kind == "work-marked"));
        await ada.SeesNotAsync("Nothing like this is known here. Work on it together");
    }

    [Theory, OnEveryPlatform]
    public async Task Triage_KnownKindOfWork_GoesItsUsualWay(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var ada = desk.Person("ada");
        await ada.BindAsync("workplace");

        await TicketTalkStory.LogAsync(desk.Person("wanda"), "My laptop does not start.");

        Assert.Equal(WorkKind.Routine, (await desk.OnlyAsync("incident")).Work);
        await ada.SeesNotAsync("Nothing like this is known here");
        await ada.PressAsync("Claim");
        Assert.Equal("ada", (await desk.OnlyAsync("incident")).Owner);
    }
}
