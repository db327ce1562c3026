using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    [Fact]
    public async Task PersonAsync_AfterPut_ReturnsEveryField()
    {
        var person = Rows.Person("zoe", "zoe@example.com");
        await DoneAsync(new PutPerson(person));

        Assert.Equivalent(person, await ReadAsync(snapshot => snapshot.PersonAsync("zoe")), strict: true);
        Assert.Equivalent(person, await ReadAsync(snapshot => snapshot.PersonByEmailAsync("Zoe@Example.COM")), strict: true);
        Assert.Null(await ReadAsync(snapshot => snapshot.PersonAsync("bo")));
        Assert.Null(await ReadAsync(snapshot => snapshot.PersonByEmailAsync("bo@example.com")));
    }

    [Fact]
    public async Task PutPerson_Again_Replaces()
    {
        await DoneAsync(new PutPerson(Rows.Person("zoe", "zoe@example.com")));
        await DoneAsync(new PutPerson(Rows.Person("zoe", "z@example.com") with { Name = "Z", Roles = [] }));

        var person = await ReadAsync(snapshot => snapshot.PersonByEmailAsync("z@example.com"));
        Assert.Equal("Z", person!.Name);
        Assert.Empty(person.Roles);
        Assert.Null(await ReadAsync(snapshot => snapshot.PersonByEmailAsync("zoe@example.com")));
    }

    [Fact]
    public async Task PutPerson_AddressOfAnother_Conflicts()
    {
        await DoneAsync(new PutPerson(Rows.Person("zoe", "zoe@example.com")));

        await ConflictAsync(new PutPerson(Rows.Person("p-1", "Zoe@example.com")));

        await DoneAsync(new PutPerson(Rows.Person("p-2")), new PutPerson(Rows.Person("p-3")));
    }

    [Fact]
    public async Task BindAccount_Known_IsFoundByAccount()
    {
        await DoneAsync(new BindAccount("slack", "U1", "zoe", Rows.Chat), new PutPerson(Rows.Person("zoe")));

        Assert.Equal("zoe", (await ReadAsync(snapshot => snapshot.PersonByAccountAsync("slack", "U1")))!.Id);
        Assert.Null(await ReadAsync(snapshot => snapshot.PersonByAccountAsync("teams", "U1")));
        Assert.Null(await ReadAsync(snapshot => snapshot.PersonByAccountAsync("slack", "u1")));
    }

    [Fact]
    public async Task HasMailOfAsync_MailComesLater_OnlyThen()
    {
        await DoneAsync(new BindAccount("slack", "U1", "zoe", null), new PutPerson(Rows.Person("zoe")));
        Assert.False(await Store.HasMailOfAsync("slack", "U1", Stop));

        await DoneAsync(new PutPerson(Rows.Person("zoe", "zoe@example.com")));

        Assert.True(await Store.HasMailOfAsync("slack", "U1", Stop));
        Assert.False(await Store.HasMailOfAsync("teams", "U1", Stop));
        Assert.False(await Store.HasMailOfAsync("slack", "U2", Stop));
    }

    [Fact]
    public async Task AccountsOfAsync_Several_MostRecentlyUsedFirst()
    {
        await DoneAsync(new BindAccount("slack", "U1", "zoe", Rows.Chat), new BindAccount("teams", "29:a", "bo", null));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await DoneAsync(new BindAccount("teams", "29:z", "zoe", null));

        Assert.Equal(
            [new PersonAccount("teams", "29:z", null), new PersonAccount("slack", "U1", Rows.Chat)],
            await ReadAsync(snapshot => snapshot.AccountsOfAsync("zoe")));
    }

    [Fact]
    public async Task BindAccount_Again_ReplacesThePlaceUnlessItIsNull()
    {
        var moved = Rows.Chat with { ServiceUrl = "https://other.example/" };
        await DoneAsync(new BindAccount("slack", "U1", "zoe", Rows.Chat));
        await DoneAsync(new BindAccount("slack", "U1", "zoe", null));
        Assert.Equal(Rows.Chat, Assert.Single(await ReadAsync(snapshot => snapshot.AccountsOfAsync("zoe"))).Personal);

        await DoneAsync(new BindAccount("slack", "U1", "zoe", moved));

        Assert.Equal(moved, Assert.Single(await ReadAsync(snapshot => snapshot.AccountsOfAsync("zoe"))).Personal);
    }

    [Fact]
    public async Task ErasePerson_HerWordsAreGoneAndOthersStay()
    {
        await DoneAsync(
            new PutPerson(Rows.Person("zoe", "zoe@example.com")), new BindAccount("slack", "U1", "zoe", Rows.Chat), new BindAccount("slack", "U2", "bo", null),
            new PutConversation("slack:D1", "zoe", ConversationState.Empty),
            Rows.Opening("INC-1"), Rows.Opening(Rows.Ticket("INC-2") with { Reporter = "bo" }, "Printer jams"),
            new PutText(Rows.Text("t1", "INC-1")), new PutText(Rows.Text("t2", "INC-2") with { Author = "bo" }),
            new Send(Rows.Message("hers", ticket: "INC-1")));

        await DoneAsync(new ErasePerson("zoe", [Rows.Chat]));

        Assert.Equal(ErasePerson.Gone, Assert.Single(await ReadAsync(snapshot => snapshot.TextsByAsync("zoe"))).Text);
        Assert.Equal(Rows.Difficult, Assert.Single(await ReadAsync(snapshot => snapshot.TextsByAsync("bo"))).Text);
        Assert.Equal(ErasePerson.Gone, await ReadAsync(snapshot => snapshot.SummaryAsync("INC-1")));
        Assert.Equal("Printer jams", await ReadAsync(snapshot => snapshot.SummaryAsync("INC-2")));
        Assert.Empty(await ReadAsync(snapshot => snapshot.AccountsOfAsync("zoe")));
        Assert.Single(await ReadAsync(snapshot => snapshot.AccountsOfAsync("bo")));
        Assert.Equal(0, (await ReadAsync(snapshot => snapshot.ConversationAsync("slack:D1", "zoe"))).Version);
        Assert.Empty(await DueAsync());
        Assert.Equal("INC-1", (await ReadAsync(snapshot => snapshot.TicketAsync("INC-1")))!.Id);
    }

    [Fact]
    public async Task ConversationAsync_AfterPut_ReturnsEveryFieldAndTheNextVersion()
    {
        var state = new ConversationState
        {
            Stack = [new DialogFrame("intake", 3, JsonSerializer.SerializeToElement(new { summary = Rows.Difficult, step = 2 }), Rows.Moment)],
            Focus = "INC-1",
            FocusedAt = Rows.Moment,
            Misunderstood = 2,
            Unheard = ["banana"],
            Introduced = true,
        };
        await DoneAsync(new PutConversation("slack:D1", "zoe", state));

        var stored = await ReadAsync(snapshot => snapshot.ConversationAsync("slack:D1", "zoe"));

        Assert.Equal(1, stored.Version);
        Assert.True(JsonElement.DeepEquals(state.Stack[0].State, stored.Stack[0].State));
        Assert.Equal((state.Stack[0].Dialog, 3, Rows.Moment), (stored.Stack[0].Dialog, stored.Stack[0].Version, stored.Stack[0].TouchedAt));
        Assert.Equal(["banana"], stored.Unheard);
        Assert.Equal(state with { Unheard = stored.Unheard, Buttons = stored.Buttons, Version = 1 }, stored with { Stack = state.Stack });
        Assert.Equal(0, (await ReadAsync(snapshot => snapshot.ConversationAsync("slack:D1", "bo"))).Version);
    }

    [Fact]
    public async Task PutConversation_OverAnotherVersion_Conflicts()
    {
        var fresh = ConversationState.Empty;
        await DoneAsync(new PutConversation("slack:D1", "zoe", fresh));
        await ConflictAsync(new PutConversation("slack:D1", "zoe", fresh));
        await DoneAsync(new PutConversation("slack:D1", "zoe", fresh with { Version = 1, Misunderstood = 1 }));
        await ConflictAsync(new PutConversation("slack:D1", "zoe", fresh with { Version = 1, Misunderstood = 9 }));
        await ConflictAsync(new PutConversation("slack:D2", "zoe", fresh with { Version = 1 }));

        var stored = await ReadAsync(snapshot => snapshot.ConversationAsync("slack:D1", "zoe"));

        Assert.Equal((2, 1), (stored.Version, stored.Misunderstood));
    }

    [Fact]
    public async Task TeamOfChannelAsync_BoundThenFreed_FollowsTheBinding()
    {
        await DoneAsync(new BindTeam("teams", Rows.Thread.Conversation, "network", Rows.Thread), new BindTeam("slack", "C9", "network", Rows.Chat with { Conversation = "C9" }));
        Assert.Equal("network", await ReadAsync(snapshot => snapshot.TeamOfChannelAsync("teams", Rows.Thread.Conversation)));
        Assert.Equal([Rows.Chat with { Conversation = "C9" }, Rows.Thread], await ReadAsync(snapshot => snapshot.ChannelsOfTeamAsync("network")));

        await DoneAsync(new BindTeam("teams", Rows.Thread.Conversation, "identity", Rows.Thread), new BindTeam("slack", "C9", null, Rows.Chat));

        Assert.Equal("identity", await ReadAsync(snapshot => snapshot.TeamOfChannelAsync("teams", Rows.Thread.Conversation)));
        Assert.Null(await ReadAsync(snapshot => snapshot.TeamOfChannelAsync("slack", "C9")));
        Assert.Empty(await ReadAsync(snapshot => snapshot.ChannelsOfTeamAsync("network")));
    }
}
