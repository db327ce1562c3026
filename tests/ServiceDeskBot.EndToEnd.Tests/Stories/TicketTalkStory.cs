using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>What passes between a person and a team while a ticket is open, and what does not.</summary>
public sealed class TicketTalkStory
{
    [Theory, OnEveryPlatform]
    public async Task Note_FromTheFormAndFromTheThread_StaysInTheTeam(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        var incident = await desk.OnlyAsync("incident");

        await ada.PressAsync("Note", ("text", "Looks like the battery again."));
        await ada.WriteUnderAsync("workplace", incident.Id, "I ask the supplier about it.");

        await ada.SeesAsync("Note by Ada: Looks like the battery again.");
        var notes = (await desk.TextsAsync(incident.Id)).Where(text => text.Kind == "note").ToList();
        Assert.Equal(["Looks like the battery again.", "I ask the supplier about it."], notes.Select(note => note.Text));
        Assert.All(notes, note => Assert.Equal("team", note.Visible));
        await wanda.SeesNotAsync("battery");
        await wanda.SeesNotAsync("supplier");
    }

    [Theory, OnEveryPlatform]
    public async Task TeamCard_WhereItHangs_SaysOfTheThreadWhatMattersThere(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var ada = desk.Person("ada");

        await ada.SeesAsync("What you write in the thread stays in the team.");
        await (platform == "teams" ? ada.SeesAsync("leave to read the channel") : ada.SeesNotAsync("leave to read the channel"));
    }

    [Theory, OnEveryPlatform]
    public async Task ReplyToUser_Typed_ReachesThePersonAndIsShownToTheTeam(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var incident = await desk.OnlyAsync("incident");

        await desk.Person("ada").WriteUnderAsync("workplace", incident.Id, $"reply {incident.Id} Please bring it to desk 4.");

        await desk.Person("wanda").SeesAsync("Please bring it to desk 4.");
        await desk.Person("ada").SeesAsync("Ada replied to the person: Please bring it to desk 4.");
    }

    [Theory, OnEveryPlatform]
    public async Task Messages_SaidChangedTakenBackAndWithAFile_ReachTheTicketAndItsTeam(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        var incident = await desk.OnlyAsync("incident");

        await wanda.SayAsync("It beeps three times.", "beep.png");
        await ada.SeesAsync("It beeps three times.");
        await ada.SeesAsync("beep.png");
        await wanda.SeesAsync($"Added to {incident.Id}.");

        await wanda.EditAsync("It beeps three times.", "It beeps five times.");
        await ada.SeesAsync("It beeps five times.");

        await wanda.SayAsync("Smells odd too.");
        await wanda.DeleteAsync("Smells odd too.");
        await ada.SeesAsync("Wanda took a message back.");

        var texts = await desk.TextsAsync(incident.Id);
        Assert.Equal(["It beeps five times.", ""], texts.Where(text => text.Kind == "message").Select(text => text.Text));
        Assert.Contains(texts, text => text.Kind == "attachment" && text.Text.StartsWith("beep.png", StringComparison.Ordinal));
        Assert.Equal(["user-message", "attachment", "user-message", "user-message", "user-message"], (await desk.EventsAsync("incident")).SkipWhile(kind => kind != "user-message"));
    }

    [Theory, OnEveryPlatform]
    public async Task Query_TalkedOnAndOn_IsLoggedWithoutATap(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await wanda.SayAsync("My laptop does not start.");

        for (var n = 2; n <= 40; n++)
        {
            await wanda.SayAsync($"It beeps {n} times.");
        }

        await ada.SeesAsync("It beeps 2 times. It beeps 3 times.");
        var incident = await desk.OnlyAsync("incident");
        Assert.False(incident.Confirmed);
        Assert.InRange((await desk.TextsAsync(incident.Id)).Count(text => text.Kind == "message"), 20, 39);

        // What comes after is asked about like any message that sounds like an open ticket of theirs.
        await wanda.SeesAsync($"Add it to {incident.Id}");
    }

    [Theory, OnEveryPlatform]
    public async Task ArticleSeemedToHelp_StillDoesNotWork_IsLoggedWithAllThatWasSaid(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("network");
        await wanda.SayAsync("My VPN drops every few minutes.");
        await wanda.PressAsync("Solved it");
        await wanda.SeesAsync("Great that it works!");

        await wanda.SayAsync("It still does not work.");

        await wanda.SeesAsync("This is what I understood");
        Assert.Null((await wanda.ChatAsync())[^1].Card.Button("Solved it"));
        await wanda.PressAsync("That's right");
        await ada.SeesAsync("My VPN drops every few minutes");
        var incident = await desk.OnlyAsync("incident");
        Assert.Equal("My VPN drops every few minutes.\nIt still does not work.", (await desk.TextsAsync(incident.Id)).Single(text => text.Kind == "description").Text);
        Assert.Equal(["vpn-drops"], incident.Tried);
    }

    [Theory, OnEveryPlatform]
    public async Task Message_OfSeveralThatMadeTheTicketTakenBack_IsNowhereAnyMore(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await wanda.SayAsync("My laptop does not start.");
        await wanda.SayAsync("The sticker says hamster.");
        await wanda.PressAsync("That's right");
        await ada.SeesAsync("hamster");

        await wanda.DeleteAsync("The sticker says hamster.");

        await ada.SeesNotAsync("hamster");
        await ada.SeesAsync("My laptop does not start.");
        foreach (var ticket in await desk.TicketsAsync())
        {
            Assert.Equal("My laptop does not start.", await desk.ReadAsync(snapshot => snapshot.SummaryAsync(ticket.Id)));
            Assert.DoesNotContain(await desk.TextsAsync(ticket.Id), text => text.Text.Contains("hamster", StringComparison.Ordinal));
        }
    }

    [Theory, OnEveryPlatform]
    public async Task WaitForUser_PersonAnswers_GoesOnByItself(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));

        await ada.PressAsync("Wait for user");
        await wanda.SeesAsync("Ada needs your answer to go on");
        Assert.Equal("waiting-user", (await desk.OnlyAsync("incident")).State);

        await wanda.SayAsync("It is the one with the blue sticker.");

        Assert.Equal(("assigned", "ada"), ((await desk.OnlyAsync("incident")).State, (await desk.OnlyAsync("incident")).Owner));
        await ada.SeesAsync("It is the one with the blue sticker.");
    }

    [Theory, OnEveryPlatform]
    public async Task Status_AskedInTwoWays_TellsWhereItStandsAndOpensNothing(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        var incident = await desk.OnlyAsync("incident");
        await ada.PressAsync("Reply to user", ("text", "A new battery is ordered."));
        var before = (await desk.TicketsAsync()).Count;

        foreach (var question in new[] { "my tickets", "what about my laptop?" })
        {
            await wanda.SayAsync(question);
            var answer = (await wanda.ChatAsync())[^1].Card.Text;
            Reads.Contains(incident.Id, answer);
            Reads.Contains("Ada of the Workplace team is working on it.", answer);
            Reads.Contains("A new battery is ordered.", answer);
        }

        Assert.Equal(before, (await desk.TicketsAsync()).Count);
        await desk.Person("tom").SayAsync("my tickets");
        await desk.Person("tom").SeesAsync("You have nothing open with us right now.");
    }

    [Theory, OnEveryPlatform]
    public async Task NewIssueInstead_AfterAWordThatWasTakenAsMore_IsAMatterOfItsOwn(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var wanda = desk.Person("wanda");

        await wanda.SayAsync("printer also broken");
        await wanda.SeesAsync("New issue instead");
        var added = (await wanda.PostsAsync()).Last(post => post.Card.Button("New issue instead") is not null);
        var button = added.Card.Button("New issue instead")!;
        await wanda.PressAsync(added, button);

        await wanda.SeesAsync("that is a matter of its own");
        Assert.Equal(2, (await desk.TicketsAsync()).Count(ticket => ticket.Type == "query"));

        await wanda.PressAsync(added, button);
        await desk.SettledAsync();
        Assert.Equal(2, (await desk.TicketsAsync()).Count(ticket => ticket.Type == "query"));
    }

    [Theory, OnEveryPlatform]
    public async Task TalkToAPerson_InWords_IsARequestThatTheTeamHearsAtOnce(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("service-desk");

        await wanda.SayAsync("Can I talk to a person please");

        var request = await desk.OnlyAsync("request");
        await wanda.SeesAsync("Of course. A colleague of the Service desk team writes to you here by");
        await ada.SeesAsync($"{request.Id} · priority");
        await ada.PressAsync("Reply to user", ("text", "Hello Wanda, how can I help?"));
        await wanda.SeesAsync("Hello Wanda, how can I help?");
    }

    [Theory, OnEveryPlatform]
    public async Task TalkToAPerson_ByButton_LogsItAsItStands(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("network");

        await wanda.SayAsync(WarehouseStory.Words);
        await wanda.PressAsync("Talk to a person");

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal("queued", incident.State);
        await wanda.SeesAsync("Of course. A colleague of the Network team writes to you here by");
        await ada.SeesAsync(incident.Id);
        Assert.Contains(await desk.TextsAsync(incident.Id), text => text is { Kind: "note", Text: "Asked to talk to a person." });
    }

    [Theory, OnEveryPlatform]
    public async Task ChangeSomething_WhoIsAffected_IsUnderstoodAnew(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var wanda = desk.Person("wanda");
        await wanda.SayAsync("My laptop does not start.");

        await wanda.PressAsync("Change something", ("impact", "department"), ("urgency", "high"));

        Assert.Equal(("department", 2), ((await desk.OnlyAsync("query")).Impact, (await desk.OnlyAsync("query")).Priority));
        await wanda.SeesAsync("urgent: it comes before normal work");
    }

    [Theory, OnEveryPlatform]
    public async Task NotOurs_WithTeamAndReason_MovesTheTicket(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var ada = desk.Person("ada");
        await ada.BindAsync("applications");

        await ada.PressAsync("Not ours", ("team", "applications"), ("text", "It is the ERP client."));

        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("applications", "queued", null), (incident.Team, incident.State, incident.Owner));
        await ada.SeesAsync($"Ada moved {incident.Id} to Applications: It is the ERP client.");
    }

    [Theory, OnEveryPlatform]
    public async Task Release_WithWords_IsFreeAgain(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var ada = desk.Person("ada");

        await ada.PressAsync("Release", ("text", "Battery checked, it is the board."));

        Assert.Equal(("queued", null), ((await desk.OnlyAsync("incident")).State, (await desk.OnlyAsync("incident")).Owner));
        await ada.SeesAsync("Battery checked, it is the board.");
    }

    [Theory, OnEveryPlatform]
    public async Task Claim_WhenSomebodyHasIt_NamesTheOwnerAndOffersToJoin(string platform)
    {
        await using var desk = await LaptopAsync(platform);
        var (grace, incident) = (desk.Person("grace"), await desk.OnlyAsync("incident"));
        grace.Join("workplace");

        await grace.PressAsync("Claim");
        await grace.SeesAsync("Ada took this");
        await grace.PressAsync("I'm in");

        Assert.Equal(("ada", "grace"), ((await desk.OnlyAsync("incident")).Owner, Assert.Single((await desk.OnlyAsync("incident")).Swarm)));
        Assert.Single(await desk.EventsAsync("incident"), kind => kind == "claimed");
        Assert.Equal(incident.Id, (await desk.OnlyAsync("incident")).Id);
    }

    /// <summary>Wanda's laptop, logged and taken by Ada.</summary>
    private static async Task<RunningDesk> LaptopAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await LogAsync(wanda, "My laptop does not start.");
        await ada.PressAsync("Claim");
        return desk;
    }

    /// <summary>Says it and lets it be logged, whether answers lead or not.</summary>
    internal static async Task LogAsync(ChatPerson person, string words)
    {
        await person.SayAsync(words);
        var card = (await person.ChatAsync())[^1].Card;
        await person.PressAsync(card.Button("Just log it") is null ? "That's right" : "Just log it");
    }
}
