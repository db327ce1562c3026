using System.Reflection;
using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    public static TheoryData<string> EventTypes =>
        [.. typeof(TicketEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name)];

    [Fact]
    public async Task TicketAsync_AfterPut_ReturnsEveryField()
    {
        var ticket = (Ticket)Filled.Make(typeof(Ticket)) with { Id = "INC-1001", Version = 1 };

        await DoneAsync(Rows.Opening(ticket, Rows.Difficult));

        Assert.Equivalent(ticket, await ReadAsync(snapshot => snapshot.TicketAsync("INC-1001")), strict: true);
        Assert.Equal(Rows.Difficult, await ReadAsync(snapshot => snapshot.SummaryAsync("INC-1001")));
    }

    [Fact]
    public async Task TicketAsync_EveryFieldNoOrNothing_ReturnsEveryField()
    {
        var ticket = (Ticket)Filled.Bare(typeof(Ticket)) with { Id = "INC-1001", Version = 1 };

        await DoneAsync(Rows.Opening(ticket, ""));

        Assert.Equivalent(ticket, await ReadAsync(snapshot => snapshot.TicketAsync("INC-1001")), strict: true);
    }

    [Theory]
    [MemberData(nameof(EventTypes))]
    public async Task EventsAsync_OfEveryType_ReturnsEveryField(string type)
    {
        var shape = typeof(TicketEvent).Assembly.GetType($"{typeof(TicketEvent).Namespace}.{type}", throwOnError: true)!;
        var (full, bare) = ((TicketEvent)Filled.Make(shape), (TicketEvent)Filled.Bare(shape));
        await DoneAsync(new PutTicket(Rows.Ticket("INC-1", version: 3), 0, [Rows.Registered("INC-1"), full, bare], "x"));

        var stored = await ReadAsync(snapshot => snapshot.EventsAsync("INC-1"));

        Assert.All(stored.Skip(1), happened => Assert.IsType(shape, happened));
        Assert.Equivalent(full, stored[1], strict: true);
        Assert.Equivalent(bare, stored[2], strict: true);
    }

    [Fact]
    public void TicketEvent_EveryTypeOfTheAssembly_HasAKindOfItsOwn()
    {
        var kinds = typeof(TicketEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();
        var types = typeof(TicketEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TicketEvent)));

        Assert.Equivalent(types.Select(type => type.Name), kinds.Select(kind => kind.DerivedType.Name), strict: true);
        Assert.Distinct(kinds.Select(kind => kind.TypeDiscriminator));
    }

    [Fact]
    public async Task EventsAsync_SeveralUnits_InOrderOfTime()
    {
        var ticket = Rows.Ticket("INC-1");
        await DoneAsync(Rows.Opening("INC-1"));
        await DoneAsync(Rows.Claiming(ticket, "ada"));
        await DoneAsync(Rows.Claiming(ticket with { Version = 2 }, "grace"));

        var events = await ReadAsync(snapshot => snapshot.EventsAsync("INC-1"));

        Assert.Equal([null, "ada", "grace"], events.Select(happened => (happened as Claimed)?.Owner));
        Assert.Empty(await ReadAsync(snapshot => snapshot.EventsAsync("INC-2")));
    }

    [Fact]
    public async Task PutTicket_OverAnotherVersion_Conflicts()
    {
        var ticket = Rows.Ticket("INC-1");
        await DoneAsync(Rows.Opening("INC-1"));

        await ConflictAsync(Rows.Opening("INC-1", "other words"));
        await ConflictAsync(Rows.Claiming(ticket with { Version = 7 }, "ada"));
        await ConflictAsync(Rows.Claiming(ticket with { Id = "INC-2" }, "ada"));

        Assert.Equal("Wi-Fi drops", await ReadAsync(snapshot => snapshot.SummaryAsync("INC-1")));
        Assert.Single(await ReadAsync(snapshot => snapshot.EventsAsync("INC-1")));
    }

    [Fact]
    public async Task PutTicket_VersionIsNotTheNumberOfEvents_Throws() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(new PutTicket(Rows.Ticket("INC-1", version: 5), 0, [Rows.Registered("INC-1")], "x")));

    [Fact]
    public async Task PutTicket_TwoHundredAtOnceOnOneVersion_OneWins()
    {
        var ticket = Rows.Ticket("INC-1");
        await DoneAsync(Rows.Opening("INC-1"));

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            (Agent: $"agent-{i}", Result: await CommitAsync(Rows.Claiming(ticket, $"agent-{i}"), new SetTimer($"agent-{i}", "claim", Rows.Moment))))));

        var winner = Assert.Single(results, one => one.Result == CommitResult.Done).Agent;
        Assert.Equal(199, results.Count(one => one.Result == CommitResult.Conflict));
        Assert.Equal(winner, (await ReadAsync(snapshot => snapshot.TicketAsync("INC-1")))!.Owner);
        Assert.Equal(2, (await ReadAsync(snapshot => snapshot.EventsAsync("INC-1"))).Count);
        Assert.Equal(winner, Assert.Single(await Store.DueTimersAsync(Rows.Moment, 10, Stop)).Subject);
    }

    [Fact]
    public async Task PutTicket_SummaryNull_KeepsTheWords()
    {
        await DoneAsync(Rows.Opening("INC-1", "before"));
        await DoneAsync(Rows.Claiming(Rows.Ticket("INC-1"), "ada"));
        Assert.Equal("before", await ReadAsync(snapshot => snapshot.SummaryAsync("INC-1")));

        await DoneAsync(Rows.Claiming(Rows.Ticket("INC-1", version: 2), "ada") with { Summary = "after" });

        Assert.Equal("after", await ReadAsync(snapshot => snapshot.SummaryAsync("INC-1")));
        Assert.Equal("", await ReadAsync(snapshot => snapshot.SummaryAsync("INC-9")));
    }

    [Fact]
    public async Task TextsAsync_SeveralOfOneMoment_InOrderOfTimeThenOfWriting()
    {
        await DoneAsync(
            new PutText(Rows.Text("b", "INC-1")),
            new PutText(Rows.Text("late", "INC-1", at: Rows.Moment.AddTicks(1))),
            new PutText(Rows.Text("a", "INC-1")),
            new PutText(Rows.Text("early", "INC-1", at: Rows.Moment.AddMilliseconds(-1).ToUniversalTime())),
            Rows.Opening("INC-1"));

        Assert.Equal(["early", "b", "a", "late"], (await ReadAsync(snapshot => snapshot.TextsAsync("INC-1"))).Select(text => text.Id));
    }

    [Fact]
    public async Task TextsAsync_DifficultText_ReturnsEveryField()
    {
        var text = new TicketText("t1", "INC-1", "note", "zoe", "team", Rows.Difficult, Rows.Moment, "post-1");
        await DoneAsync(Rows.Opening("INC-1"), new PutText(text));

        Assert.Equal(text, Assert.Single(await ReadAsync(snapshot => snapshot.TextsAsync("INC-1"))));
        Assert.Equal(text, await ReadAsync(snapshot => snapshot.TextOfPostAsync("INC-1", "post-1")));
        Assert.Null(await ReadAsync(snapshot => snapshot.TextOfPostAsync("INC-1", "post-2")));
        Assert.Null(await ReadAsync(snapshot => snapshot.TextOfPostAsync("INC-2", "post-1")));
    }

    [Theory]
    [InlineData(169)] // What fits for sure where SQLite's short texts are encoded, …
    [InlineData(170)] // … and what may not.
    [InlineData(20_000)]
    public async Task TextsAsync_AnyLength_ReturnsAllOfIt(int length)
    {
        var text = Rows.Text("t1", "INC-1", new string('€', length));
        await DoneAsync(Rows.Opening("INC-1"), new PutText(text));

        Assert.Equal(text, Assert.Single(await ReadAsync(snapshot => snapshot.TextsAsync("INC-1"))));
    }

    [Fact]
    public async Task ChangeText_Known_ReplacesTheWordsOnly()
    {
        var text = Rows.Text("t1", "INC-1", "before");
        await DoneAsync(Rows.Opening("INC-1"), new PutText(text), new PutText(Rows.Text("t2", "INC-1", "other")));

        await DoneAsync(new ChangeText("t1", ""));

        Assert.Equal([text with { Text = "" }, Rows.Text("t2", "INC-1", "other")], await ReadAsync(snapshot => snapshot.TextsAsync("INC-1")));
    }

    [Fact]
    public async Task TicketOfPostAsync_Tied_IsFoundInItsConversationOnly()
    {
        await DoneAsync(new TiePost("teams", "19:a", "p1", "QRY-1"));
        await DoneAsync(new TiePost("teams", "19:a", "p1", "INC-2"));

        Assert.Equal("INC-2", await ReadAsync(snapshot => snapshot.TicketOfPostAsync("teams", "19:a", "p1")));
        Assert.Null(await ReadAsync(snapshot => snapshot.TicketOfPostAsync("slack", "19:a", "p1")));
        Assert.Null(await ReadAsync(snapshot => snapshot.TicketOfPostAsync("teams", "19:b", "p1")));
    }

    [Fact]
    public async Task OpenTicketsOfAsync_Several_NewestFirstWithoutClosedOnes()
    {
        await DoneAsync(
            Rows.Opening(Rows.Ticket("INC-9")),
            Rows.Opening(Rows.Ticket("QRY-10") with { Type = "query" }),
            Rows.Opening(Rows.Ticket("INC-11") with { State = TicketState.Closed }),
            Rows.Opening(Rows.Ticket("INC-12") with { State = TicketState.Cancelled }),
            Rows.Opening(Rows.Ticket("INC-13") with { Reporter = "bo" }));

        Assert.Equal(["QRY-10", "INC-9"], (await ReadAsync(snapshot => snapshot.OpenTicketsOfAsync("zoe"))).Select(ticket => ticket.Id));
    }

    [Fact]
    public async Task OpenTicketsOfAsync_AfterClosing_LosesIt()
    {
        await DoneAsync(Rows.Opening("INC-1"));
        await DoneAsync(new PutTicket(
            Rows.Ticket("INC-1", version: 2) with { State = TicketState.Closed, Closed = Rows.Moment }, 1, [new Closed("confirmed") { At = Rows.Moment, By = "zoe" }], null));

        Assert.Empty(await ReadAsync(snapshot => snapshot.OpenTicketsOfAsync("zoe")));
    }

    [Fact]
    public async Task SpansAsync_OfATeam_AreThoseOpenAndThoseClosedSince()
    {
        var (ticket, since) = (Rows.Ticket("INC-1"), Rows.Moment.AddDays(2));
        await DoneAsync(
            Rows.Opening(ticket with { Id = "INC-1" }),
            Rows.Opening(ticket with { Id = "INC-2", Opened = Rows.Moment.AddDays(1), State = TicketState.Closed, Closed = since }),
            Rows.Opening(ticket with { Id = "INC-3", State = TicketState.Closed, Closed = since.AddTicks(-1) }),
            Rows.Opening(ticket with { Id = "INC-4", Team = "workplace" }),
            Rows.Opening(ticket with { Id = "QRY-5", Type = "query" }));

        var spans = await ReadAsync(snapshot => snapshot.SpansAsync(ticket.Team!, since));

        Assert.Equal([new TicketSpan(Rows.Moment, null), new TicketSpan(Rows.Moment.AddDays(1), since)], spans.OrderBy(span => span.Opened));
    }

    [Fact]
    public async Task TicketsAsync_EachCondition_Holds()
    {
        var ticket = Rows.Ticket("INC-1");
        await DoneAsync(
            Rows.Opening(ticket with { Id = "INC-1" }, "Printer jams on floor 3"),
            Rows.Opening(ticket with { Id = "INC-2", Owner = "ada", State = TicketState.Assigned }, "ÜBERHITZTER printer_100%"),
            Rows.Opening(ticket with { Id = "REQ-3", Type = "request", Team = "workplace" }),
            Rows.Opening(ticket with { Id = "INC-4", Opened = Rows.Moment.AddDays(1), Reporter = "bo" }),
            Rows.Opening(ticket with { Id = "INC-5", State = TicketState.Closed, Closed = Rows.Moment.AddDays(2) }),
            Rows.Opening(ticket with { Id = "QRY-6", Type = "query" }));

        async Task FindsAsync(TicketFilter filter, params string[] ids) =>
            Assert.Equal(ids, (await ReadAsync(snapshot => snapshot.TicketsAsync(filter))).Select(found => found.Id));

        await FindsAsync(new TicketFilter(), "INC-5", "INC-4", "REQ-3", "INC-2", "INC-1");
        await FindsAsync(new TicketFilter(Type: "query"), "QRY-6");
        await FindsAsync(new TicketFilter(Type: "request"), "REQ-3");
        await FindsAsync(new TicketFilter(State: TicketState.Assigned), "INC-2");
        await FindsAsync(new TicketFilter(Team: "workplace"), "REQ-3");
        await FindsAsync(new TicketFilter(Reporter: "bo"), "INC-4");
        await FindsAsync(new TicketFilter(Owner: "ada"), "INC-2");
        await FindsAsync(new TicketFilter(OpenOnly: true), "INC-4", "REQ-3", "INC-2", "INC-1");
        await FindsAsync(new TicketFilter(OpenedFrom: Rows.Moment.AddTicks(1)), "INC-4");
        await FindsAsync(new TicketFilter(ClosedFrom: Rows.Moment.AddDays(2).ToUniversalTime()), "INC-5");
        await FindsAsync(new TicketFilter(ClosedFrom: Rows.Moment.AddDays(2).AddTicks(1)));
        await FindsAsync(new TicketFilter(Before: 3), "INC-2", "INC-1");
        await FindsAsync(new TicketFilter(Limit: 2), "INC-5", "INC-4");
        await FindsAsync(new TicketFilter(Text: "PRINTER floor"), "INC-1");
        await FindsAsync(new TicketFilter(Text: "überhitzter"), "INC-2");
        await FindsAsync(new TicketFilter(Text: "r_1"), "INC-2");
        await FindsAsync(new TicketFilter(Text: "%"), "INC-2");
        await FindsAsync(new TicketFilter(Team: "network", OpenOnly: true, Text: "printer", Before: 2), "INC-1");
        await FindsAsync(new TicketFilter(Text: "' OR 1=1 --"));
    }
}
