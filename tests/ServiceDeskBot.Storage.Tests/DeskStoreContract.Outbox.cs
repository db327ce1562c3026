using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    private static readonly Place LaneA = Rows.Chat with { Conversation = "A" };
    private static readonly Place LaneB = Rows.Chat with { Conversation = "B" };

    [Fact]
    public async Task DueMessagesAsync_AfterSend_ReturnsEveryField()
    {
        var message = Rows.Message(Rows.Difficult, Rows.Thread, "INC-1") with { NotBefore = Rows.Moment };
        await DoneAsync(new Send(message));

        Assert.Empty(await DueAsync(Rows.Moment.AddTicks(-1)));
        var due = Assert.Single(await DueAsync(Rows.Moment));

        Assert.True(due.Id > 0);
        Assert.Equivalent(message with { Id = due.Id }, due, strict: true);
    }

    [Fact]
    public async Task DueMessagesAsync_SeveralLanes_GivesTheFirstOfEachInOrderOfCommit()
    {
        await SendAsync(LaneB, "b1");
        await SendAsync(LaneA, "a1");
        await SendAsync(LaneB, "b2");
        await SendAsync(Rows.Chat with { Conversation = "C" }, "c1");
        await SendAsync(LaneA with { Thread = "t" }, "a2 in a thread: the same lane");

        Assert.Equal(["b1", "a1", "c1"], Words(await DueAsync()));
        Assert.Equal(["b1", "a1"], Words(await DueAsync(limit: 2)));
        Assert.Equal(["a1"], Words(await DueAsync(busy: ["slack:B", "slack:C"])));

        await SentAsync((await DueAsync())[0]);
        Assert.Equal(["a1", "b2", "c1"], Words(await DueAsync()));
    }

    [Fact]
    public async Task HoldAsync_First_HoldsTheLaneAndNoOther()
    {
        await SendAsync(LaneA, "a1");
        await SendAsync(LaneA, "a2");
        await SendAsync(LaneB, "b1");
        Assert.Null(await Store.NextMessageDueAsync(Stop));

        await Store.HoldAsync((await DueAsync())[0], Rows.Moment.AddSeconds(30), "429", Stop);

        Assert.Equal(["b1"], Words(await DueAsync()));
        Assert.Equal(Rows.Moment.AddSeconds(30), await Store.NextMessageDueAsync(Stop));
        var again = (await DueAsync(Rows.Moment.AddSeconds(30)))[0];
        Assert.Equal(("a1", 1), (Rows.WordsOf(again), again.Attempts));
        await SentAsync(again);
        Assert.Equal(["a2", "b1"], Words(await DueAsync()));
        Assert.Null(await Store.NextMessageDueAsync(Stop));
    }

    [Fact]
    public async Task HoldAsync_TenTimes_IsCountedAsHeld()
    {
        await SendAsync(LaneA, "a1");
        await SendAsync(LaneB, "b1");
        for (var times = 0; times < 10; times++)
        {
            Assert.Equal(0, (await ReadAsync(snapshot => snapshot.FiguresAsync())).HeldMessages);
            await Store.HoldAsync((await DueAsync())[0], Rows.Moment, "503", Stop);
        }

        Assert.Equal(1, (await ReadAsync(snapshot => snapshot.FiguresAsync())).HeldMessages);
    }

    [Fact]
    public async Task BuryAsync_First_LetsTheLaneMoveOnAndIsCounted()
    {
        await SendAsync(LaneA, "a1");
        await SendAsync(LaneA, "a2");

        await Store.BuryAsync((await DueAsync())[0], "403", Rows.Moment, Stop);

        Assert.Equal(["a2"], Words(await DueAsync()));
        var figures = await ReadAsync(snapshot => snapshot.FiguresAsync());
        Assert.Equal((1, 1), (figures.UnsentMessages, figures.DeadLetters));
    }

    [Fact]
    public async Task MarkSentAsync_PostAboutATicket_TiesThePostToIt()
    {
        await DoneAsync(new Send(Rows.Message("hello", Rows.Thread, "INC-1")), new Send(Rows.Message("no ticket", LaneA)));

        foreach (var message in await DueAsync())
        {
            await Store.MarkSentAsync(message, new SendResult.Sent($"post-{message.Ticket}", message.To), Rows.Moment, Stop);
        }

        Assert.Equal("INC-1", await ReadAsync(snapshot => snapshot.TicketOfPostAsync("teams", Rows.Thread.Conversation, "post-INC-1")));
        Assert.Null(await ReadAsync(snapshot => snapshot.TicketOfPostAsync("slack", "A", "post-")));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task MarkSentAsync_PersonalConversationOpened_IsRememberedForTheAccount()
    {
        var opened = Rows.Chat with { Conversation = "D77" };
        await DoneAsync(new BindAccount("slack", "U7", "zoe", null), new Send(Rows.Message("hello", Rows.Chat with { Conversation = "@U7" }, "INC-1")));

        await Store.MarkSentAsync(Assert.Single(await DueAsync()), new SendResult.Sent("p1", opened), Rows.Moment, Stop);

        Assert.Equal(opened, Assert.Single(await ReadAsync(snapshot => snapshot.AccountsOfAsync("zoe"))).Personal);
        Assert.Equal("INC-1", await ReadAsync(snapshot => snapshot.TicketOfPostAsync("slack", "D77", "p1")));
    }

    [Fact]
    public async Task AddMirror_New_QueuesItsFirstPost()
    {
        var mirror = Rows.Mirror("INC-1", Rows.Thread);
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(mirror));

        var stored = Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")));
        var due = Assert.Single(await DueAsync());

        Assert.Equal(mirror with { Id = stored.Id }, stored);
        Assert.Equal(new OutboxMessage(Rows.Thread, new Refresh(stored.Id), "de", "Europe/Berlin") { Id = due.Id, Ticket = "INC-1" }, due);
        Assert.Equal(stored, await ReadAsync(snapshot => snapshot.MirrorAsync(stored.Id)));
        Assert.Null(await ReadAsync(snapshot => snapshot.MirrorAsync(stored.Id + 1)));
    }

    [Fact]
    public async Task AddMirror_SamePlaceAndKind_IsIgnored()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA)));
        await DoneAsync(new AddMirror(Rows.Mirror("INC-1", LaneA) with { Language = "en" }));
        await DoneAsync(
            new AddMirror(Rows.Mirror("INC-1", LaneA, "requester")),
            new AddMirror(Rows.Mirror("INC-1", LaneA with { Thread = "t" })),
            new AddMirror(Rows.Mirror("INC-1", LaneB)));

        Assert.Equal(["de", "de", "de", "de"], (await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1"))).Select(mirror => mirror.Language));
        Assert.Equal(4, (await ReadAsync(snapshot => snapshot.FiguresAsync())).UnsentMessages);
    }

    [Fact]
    public async Task AddMirror_SentAlready_QueuesNothing()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA)));
        await SentAsync(Assert.Single(await DueAsync()));

        await DoneAsync(new AddMirror(Rows.Mirror("INC-1", LaneA)));

        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task AddMirror_OverAMessageThatHangsThere_RefreshesThatMessage()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA) with { PostId = "p1" }));

        Assert.IsType<Refresh>(Assert.Single(await DueAsync()).What);
        Assert.Equal("p1", Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1"))).PostId);
    }

    [Fact]
    public async Task LeaveMirror_Sent_IsRefreshedOnceMoreAndMakesRoomForANewCard()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA, MirrorKind.Team)));
        await SentAsync(Assert.Single(await DueAsync()), "p1");
        var old = Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")));

        await DoneAsync(new LeaveMirror(old.Id), new AddMirror(Rows.Mirror("INC-1", LaneA, MirrorKind.Team)));

        var (left, hung) = ((await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")))[0], (await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")))[1]);
        Assert.True(MirrorKind.IsLeft(left.Kind));
        Assert.Equal((old.Id, "p1"), (left.Id, left.PostId));
        Assert.Equal((MirrorKind.Team, (string?)null), (hung.Kind, hung.PostId));
        await SendAllAsync();
        await DoneAsync(new RefreshMirrors("INC-1"));
        Assert.Equal(new Refresh(hung.Id), Assert.Single(await DueAsync()).What);
    }

    [Fact]
    public async Task PostsAsync_OfOneConversation_AreThoseOfTheTicket()
    {
        await DoneAsync(Rows.Opening("INC-1"), Rows.Opening("INC-2"));
        await DoneAsync(new TiePost("slack", "A", "1.1", "INC-1"), new TiePost("slack", "A", "1.2", "INC-2"), new TiePost("slack", "A", "1.3", "INC-1"), new TiePost("slack", "B", "1.4", "INC-1"));

        Assert.Equal(["1.1", "1.3"], await ReadAsync(snapshot => snapshot.PostsAsync("INC-1", "slack", "A")));
    }

    [Fact]
    public async Task RefreshMirrors_NonePending_QueuesOnePerMirror()
    {
        await DoneAsync(Rows.Opening("INC-1"), Rows.Opening("INC-2"), new AddMirror(Rows.Mirror("INC-1", LaneA)), new AddMirror(Rows.Mirror("INC-1", LaneB)));
        await DoneAsync(new AddMirror(Rows.Mirror("INC-2", Rows.Thread)));
        await SendAllAsync();

        await DoneAsync(new RefreshMirrors("INC-1"));
        await DoneAsync(new RefreshMirrors("INC-1"), new RefreshMirrors("INC-1"));

        var due = await DueAsync();
        Assert.Equal(["slack:A", "slack:B"], due.Select(message => message.Lane));
        Assert.Equal(2, (await ReadAsync(snapshot => snapshot.FiguresAsync())).UnsentMessages);
    }

    [Fact]
    public async Task RefreshMirrors_WhileARefreshIsUnderWay_IsNotLost()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA)), new RefreshMirrors("INC-1"));
        var underWay = Assert.Single(await DueAsync());
        await SendAsync(LaneA, "behind it");
        await DoneAsync(new RefreshMirrors("INC-1"));
        await DoneAsync(new RefreshMirrors("INC-1"));

        await SentAsync(underWay, "p1");

        Assert.Equal("behind it", Words(await DueAsync())[0]);
        await SentAsync((await DueAsync())[0]);
        var again = Assert.Single(await DueAsync());
        Assert.Equal(underWay.What, again.What);
        await SentAsync(again, "p1");
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task RefreshMirrors_WhileARefreshUnderWayIsHeld_IsSentOnceWithTheNewState()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA)));
        var underWay = Assert.Single(await DueAsync());
        await DoneAsync(new RefreshMirrors("INC-1"));

        await Store.HoldAsync(underWay, Rows.Moment, "503", Stop);

        await SentAsync(Assert.Single(await DueAsync()));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task RefreshMirrors_WhileARefreshUnderWayIsBuried_TriesAgain()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA)));
        var underWay = Assert.Single(await DueAsync());
        await DoneAsync(new RefreshMirrors("INC-1"));

        await Store.BuryAsync(underWay, "400", Rows.Moment, Stop);

        Assert.Equal(underWay.What, Assert.Single(await DueAsync()).What);
    }

    [Fact]
    public async Task RefreshMirrors_AgainstASenderAtFullSpeed_EndsWithTheLastState()
    {
        var ticket = Rows.Ticket("INC-1");
        await DoneAsync(Rows.Opening(ticket), new AddMirror(Rows.Mirror("INC-1", LaneA)));
        var shown = 0;
        var changing = Task.Run(async () =>
        {
            for (var version = 1; version < 200; version++)
            {
                await DoneAsync(Rows.Claiming(ticket with { Version = version }, "ada"), new RefreshMirrors("INC-1"));
            }
        });

        bool stillChanging;
        IReadOnlyList<OutboxMessage> due;
        do
        {
            stillChanging = !changing.IsCompleted;
            due = await DueAsync();
            foreach (var message in due)
            {
                shown = (await ReadAsync(snapshot => snapshot.TicketAsync("INC-1")))!.Version;
                await SentAsync(message);
            }
        }
        while (stillChanging || due.Count > 0);

        await changing;
        Assert.Equal(200, shown);
    }

    [Fact]
    public async Task MarkSentAsync_FirstPostOfAMirror_IsRememberedForUpdatesAndReplies()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", Rows.Thread)));
        var moved = Rows.Thread with { ServiceUrl = "https://smba.example/moved/" };

        await Store.MarkSentAsync(Assert.Single(await DueAsync()), new SendResult.Sent("p1", moved), Rows.Moment, Stop);

        var mirror = Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")));
        Assert.Equal(("p1", moved), (mirror.PostId, mirror.At));
        Assert.Equal("INC-1", await ReadAsync(snapshot => snapshot.TicketOfPostAsync("teams", moved.Conversation, "p1")));
        await DoneAsync(new AddMirror(Rows.Mirror("INC-1", Rows.Thread)));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task MarkSentAsync_MirrorInAConversationOpenedForIt_MovesThere()
    {
        var (asked, opened) = (Rows.Chat with { Conversation = "@U7" }, Rows.Chat with { Conversation = "D77" });
        await DoneAsync(Rows.Opening("INC-1"), new BindAccount("slack", "U7", "zoe", null), new AddMirror(Rows.Mirror("INC-1", asked)));
        var underWay = Assert.Single(await DueAsync());
        await DoneAsync(new RefreshMirrors("INC-1"));

        await Store.MarkSentAsync(underWay, new SendResult.Sent("p1", opened), Rows.Moment, Stop);

        Assert.Equal(opened, Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1"))).At);
        Assert.Equal(opened, Assert.Single(await ReadAsync(snapshot => snapshot.AccountsOfAsync("zoe"))).Personal);
        Assert.Equal(opened, Assert.Single(await DueAsync()).To);
        await DoneAsync(new AddMirror(Rows.Mirror("INC-1", opened)));
        Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")));
    }

    [Fact]
    public async Task MarkSentAsync_MirrorOpenedWhereTheSameCardHangs_KeepsBothInOneLane()
    {
        var (asked, opened) = (Rows.Chat with { Conversation = "@U7" }, Rows.Chat with { Conversation = "D77" });
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", opened)), new AddMirror(Rows.Mirror("INC-1", asked)));
        foreach (var message in await DueAsync())
        {
            await Store.MarkSentAsync(message, new SendResult.Sent($"p{message.Id}", opened), Rows.Moment, Stop);
        }

        await DoneAsync(new RefreshMirrors("INC-1"));

        Assert.Equal("slack:D77", Assert.Single(await DueAsync()).Lane);
        Assert.Empty(await DueAsync(busy: ["slack:D77"]));
        Assert.Equal(2, await SendAllAsync());
    }

    [Fact]
    public async Task Send_RefreshOfAMirror_IsOnePending()
    {
        await DoneAsync(Rows.Opening("INC-1"), new AddMirror(Rows.Mirror("INC-1", LaneA)));
        var mirror = Assert.Single(await ReadAsync(snapshot => snapshot.MirrorsAsync("INC-1")));

        await DoneAsync(new Send(new OutboxMessage(LaneA, new Refresh(mirror.Id), "de", null)));

        Assert.Equal(1, await SendAllAsync());
    }

    [Fact]
    public async Task ForgetAsync_SentAndDeadBefore_ForgetsThemAndNoOther()
    {
        await SendAsync(LaneA, "sent");
        await SendAsync(LaneA, "dead");
        await SendAsync(LaneA, "unsent");
        await SentAsync((await DueAsync())[0]);
        await Store.BuryAsync((await DueAsync())[0], "x", Rows.Moment, Stop);

        await Store.ForgetAsync(Rows.Moment, Rows.Moment, Stop);
        Assert.Equal(1, (await ReadAsync(snapshot => snapshot.FiguresAsync())).DeadLetters);

        await Store.ForgetAsync(Rows.Moment, Rows.Moment.AddSeconds(1), Stop);
        Assert.Equal(0, (await ReadAsync(snapshot => snapshot.FiguresAsync())).DeadLetters);
        Assert.Equal(["unsent"], Words(await DueAsync()));
    }

    private Task SendAsync(Place to, string words) => DoneAsync(new Send(Rows.Message(words, to)));

    private Task<IReadOnlyList<OutboxMessage>> DueAsync(DateTimeOffset? now = null, string[]? busy = null, int limit = 100) =>
        Store.DueMessagesAsync(now ?? Rows.Moment, busy ?? [], limit, Stop);

    private Task SentAsync(OutboxMessage message, string postId = "p") =>
        Store.MarkSentAsync(message, new SendResult.Sent(postId, message.To), Rows.Moment, Stop);

    /// <summary>Sends until nothing is due; answers how many left.</summary>
    private async Task<int> SendAllAsync()
    {
        var sent = 0;
        while (await DueAsync() is [var next, ..])
        {
            await SentAsync(next, $"p{next.Id}");
            sent++;
        }

        return sent;
    }

    private static List<string> Words(IEnumerable<OutboxMessage> messages) => [.. messages.Where(message => message.What is Post).Select(Rows.WordsOf)];
}
