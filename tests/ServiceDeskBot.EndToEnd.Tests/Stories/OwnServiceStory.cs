using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>A service that is not IT's: by configuration alone it has its own team, its own hours and its own circle of those who may see.</summary>
public sealed class OwnServiceStory
{
    private const string Hours = "\n\npeople-office:\n  name: Mornings\n  zone: Europe/Berlin\n  hours:\n    monday: 08:00-10:00\n    wednesday: 08:00-10:00\n";
    private const string Team = "\n\npeople-office:\n  name: People\n  lead: grace\n  members: [grace]\n  calendar: people-office\n  categories: [hr]\n  closed: true\n  channels: { local: people-office }\n";

    [Theory, OnEveryPlatform]
    public async Task HumanResources_AddedByConfiguration_HasItsOwnTeamHoursAndCircle(string platform)
    {
        var folder = DeskFolders.With(
            ("calendars.yaml", text => text.TrimEnd() + Hours),
            ("teams.yaml", text => DeskFolders.ReplaceOnce(text, "categories: [hr, other]", "categories: [other]").TrimEnd() + Team),
            ("services.yaml", text => DeskFolders.ReplaceOnce(text, "  owner: mara\n  team: service-desk\n  category: hr\n", "  owner: mara\n  team: people-office\n  category: hr\n")));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var (wanda, ada, grace) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("grace"));
        await grace.BindAsync("people-office");

        await wanda.SayAsync("My payslip of October is wrong, the overtime is missing");

        await wanda.SeesAsync("Only the People team sees this.");
        await wanda.SeesAsync("They are back");
        await wanda.SayAsync("just log it");
        var record = (await desk.TicketsAsync()).Single(ticket => ticket.Type != "query");
        Assert.Equal(("people-office", true), (record.Team, record.Restricted));
        await grace.SeesAsync("the overtime is missing");
        await ada.SayAsync($"show {record.Id}");
        await ada.SeesNotAsync("the overtime is missing");
    }
}
