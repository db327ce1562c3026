using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>One wish, three teams, one status; confirmed piece by piece, and what is left over is named.</summary>
public sealed class NewEmployeeStory
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Theory, OnEveryPlatform]
    public async Task NewColleague_OrderedOnce_IsDoneByThreeTeamsAndConfirmedPieceByPiece(string platform)
    {
        await using var desk = await ApprovedAsync(platform);
        var (tom, ada) = (desk.Person("tom"), desk.Person("ada"));
        var request = await desk.OnlyAsync("request");
        Assert.Equal(["account:identity:open", "equipment:workplace:open", "papers:service-desk:open"], Tasks(request));
        await tom.SeesAsync("0 of 3 parts are done. Still to come: Account and mailbox, Laptop and desk, Contract and payroll");
        await ada.SeesAsync($"{request.Id} · Laptop and desk");
        await ada.SeesAsync("Name of the new colleague: Kim Sample");

        await ada.SayAsync($"claim task {request.Id} equipment");
        await ada.SayAsync($"task done {request.Id} equipment");
        await tom.SeesAsync("1 of 3 parts are done. Still to come: Account and mailbox, Contract and payroll");
        await ada.SayAsync($"resolve {request.Id} all fine");
        await ada.SeesAsync($"{request.Id} is not complete. Still to do: Account and mailbox, Contract and payroll");
        await ada.PressAsync("Done");
        await ada.PressAsync("Done");

        await tom.SeesAsync($"Everything of {request.Id} is done, as the teams say. Is it all there?");
        await tom.PressAsync("There: Account and mailbox");
        await tom.PressAsync("Missing: Laptop and desk");
        await tom.SeesAsync($"{request.Id}: still to come: Laptop and desk.");
        await ada.SeesAsync($"Tom is missing something of {request.Id}. Still to do: Laptop and desk");
        request = await desk.OnlyAsync("request");
        Assert.Equal(["account:identity:confirmed", "equipment:workplace:open", "papers:service-desk:done"], Tasks(request));

        await ada.SayAsync($"task done {request.Id} equipment");
        await tom.PressAsync("There: Laptop and desk");
        await tom.PressAsync("There: Contract and payroll");

        request = await desk.OnlyAsync("request");
        Assert.Equal(("closed", "fulfilled"), (request.State, request.Closure));
        Assert.All(request.Tasks, task => Assert.Equal("confirmed", task.State));
        Assert.Single(await desk.TicketsAsync());
    }

    [Fact]
    public async Task NewColleague_ReadByAnotherProgram_ShowsItsTasks()
    {
        await using var desk = await ApprovedAsync("local", "--Api:Keys:0:Name=reader", $"--Api:Keys:0:Key={Key}", "--Api:Keys:0:Scopes:0=tickets:read");
        using var http = new HttpClient { BaseAddress = desk.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        var ticket = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/v1/tickets/{(await desk.OnlyAsync("request")).Id}", UriKind.Relative), TestContext.Current.CancellationToken))!;

        Assert.Equal("in-progress", ticket["state"]!.GetValue<string>());
        Assert.Equal(
            ["account identity open", "equipment workplace open", "papers service-desk open"],
            ticket["tasks"]!.AsArray().Select(task => $"{task!["id"]} {task["team"]} {task["state"]}"));
    }

    [Theory, OnEveryPlatform]
    public async Task NewColleague_ThatBecomesConfidential_IsFinishedByTheClosedTeamAlone(string platform)
    {
        var folder = DeskFolders.With(("teams.yaml", text => DeskFolders.ReplaceOnce(text, "members: [ada, grace, linus]\n  calendar: around-the-clock\n  categories: [security]", "members: [ada]\n  calendar: around-the-clock\n  categories: [security]")));
        await using var desk = await ApprovedAsync(platform, $"--Desk:Path={folder.FullName}");
        var (tom, ada, linus) = (desk.Person("tom"), desk.Person("ada"), desk.Person("linus"));
        linus.Join("workplace");
        await ada.BindAsync("security");
        var request = await desk.OnlyAsync("request");
        await linus.SayInAsync("workplace", $"claim task {request.Id} equipment");
        await linus.SeesAsync("Kim Sample");

        await ada.PressAsync("Change type or priority", ("category", "security"));

        Assert.Equal(["account:security:open", "equipment:security:open", "papers:security:open"], Tasks(await desk.OnlyAsync("request")));
        await linus.SeesNotAsync("Kim Sample");
        await linus.SayAsync($"task done {request.Id} equipment");
        await linus.SeesAsync("You may not see this one.");
        foreach (var task in request.Tasks)
        {
            await ada.SayInAsync("security", $"task done {request.Id} {task.Id}");
        }

        await tom.SeesAsync($"Everything of {request.Id} is done, as the teams say. Is it all there?");
    }

    [Theory, OnEveryPlatform]
    public async Task Task_OfAnotherTeam_IsRefused(string platform)
    {
        var folder = DeskFolders.With(("teams.yaml", text => DeskFolders.ReplaceOnce(text, "name: Accounts and access\n  lead: ada\n  members: [ada, grace, linus]", "name: Accounts and access\n  lead: ada\n  members: [ada]")));
        await using var desk = await ApprovedAsync(platform, $"--Desk:Path={folder.FullName}");
        var linus = desk.Person("linus");

        await linus.SayAsync($"task done {(await desk.OnlyAsync("request")).Id} account");
        await linus.SeesAsync("Only people of the Accounts and access team");
        await linus.SayAsync($"task done {(await desk.OnlyAsync("request")).Id} nothing");

        await linus.SeesAsync("has no such part. It has: account, equipment, papers");
        Assert.Equal(["account:identity:open", "equipment:workplace:open", "papers:service-desk:open"], Tasks(await desk.OnlyAsync("request")));
    }

    [Theory, OnEveryPlatform]
    public async Task Sequence_OpensTheNextTaskWhenTheOneBeforeIsDone(string platform)
    {
        var folder = DeskFolders.With(("workflows.yaml", text => DeskFolders.ReplaceOnce(text, "kind: parallel\n", "kind: sequence\n")));
        await using var desk = await ApprovedAsync(platform, $"--Desk:Path={folder.FullName}");
        var ada = desk.Person("ada");
        Assert.Equal(["account:identity:open", "equipment:workplace:waiting", "papers:service-desk:waiting"], Tasks(await desk.OnlyAsync("request")));
        await ada.SeesNotAsync("· Laptop and desk");

        await ada.PressAsync("Done");

        await ada.SeesAsync("· Laptop and desk");
        Assert.Equal(["account:identity:done", "equipment:workplace:open", "papers:service-desk:waiting"], Tasks(await desk.OnlyAsync("request")));
    }

    [Theory, OnEveryPlatform]
    public async Task StandardChange_Fulfilled_AsksNobodyAndWritesARecord(string platform)
    {
        var folder = DeskFolders.With(("catalogue.yaml", text => DeskFolders.ReplaceOnce(text, "promise: 4 hours\n", "promise: 4 hours\n  workflow: firewall-opening\n")));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var (tom, ada) = (desk.Person("tom"), desk.Person("ada"));
        await ada.BindAsync("identity");
        await tom.SayAsync("catalogue shared folder");
        await tom.PressAsync("Order Access to a shared folder");
        await tom.SubmitAsync(("folder", "Fairs"), ("level", "Read"));
        Assert.Equal("queued", (await desk.OnlyAsync("request")).State);

        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "You can open it now."));

        var (request, change) = (await desk.OnlyAsync("request"), await desk.OnlyAsync("change"));
        Assert.Contains(request.Links, link => link.Rel == "change" && link.Id == change.Id);
        Assert.Equal(("closed", "fulfilled"), (change.State, change.Closure));
        Assert.Contains(change.Links, link => link.Rel == "for" && link.Id == request.Id);
    }

    private static IEnumerable<string> Tasks(Core.Tickets.Ticket request) => request.Tasks.Select(task => $"{task.Id}:{task.Team}:{task.State}");

    private static async Task<RunningDesk> ApprovedAsync(string platform, params string[] settings)
    {
        var desk = await RunningDesk.StartAsync(platform, settings);
        var (tom, mara, ada) = (desk.Person("tom"), desk.Person("mara"), desk.Person("ada"));
        await ada.BindAsync("identity");
        await ada.BindAsync("workplace");
        await ada.BindAsync("service-desk");
        await mara.SayAsync("hello");
        await tom.SayAsync("catalogue new employee");
        await tom.PressAsync("Order Everything for a new colleague");
        await tom.SubmitAsync(("name", "Kim Sample"), ("first-day", "2026-12-14"), ("department", "Sales"));
        await mara.PressAsync("Approve");
        return desk;
    }
}
