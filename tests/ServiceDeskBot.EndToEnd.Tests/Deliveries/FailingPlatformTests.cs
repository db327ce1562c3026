using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Deliveries;

/// <summary>The platform is busy, broken, or says no: messages wait in their order, and nothing is lost.</summary>
public sealed class FailingPlatformTests
{
    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(500, null, 2)]
    [InlineData(502, null, 2)]
    [InlineData(412, null, 2)]
    [InlineData(0, null, 2)]
    public async Task Teams_PassingFailure_WaitsAndComesInOrder(int status, string? retryAfter, int seconds)
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext(new ConnectorFault(status, retryAfter));

        await wanda.SayAsync("My laptop does not start.");
        await wanda.SayAsync("my tickets");

        Assert.Empty(await wanda.ChatAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(seconds));
        await wanda.SeesAsync("I am waiting for you to say whether I understood it right.");
        var chat = await wanda.ChatAsync();
        Reads.Contains("This is what I understood", chat[0].Card.Text);
        Assert.Equal(2, chat.Count);
    }

    [Fact]
    public async Task Teams_AnswerLostAfterTheMessageArrived_SendsItAgainRatherThanNotAtAll()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext(new ConnectorFault(504, TakesEffect: true));

        await wanda.SayAsync("my tickets");
        await desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(2, (await wanda.ChatAsync()).Count);
        Assert.All(await wanda.ChatAsync(), post => Assert.Contains("You have nothing open", post.Card.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Teams_CardTappedWhileItsSendCountsAsFailed_LeavesNoDeadLetter()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext(new ConnectorFault(504, TakesEffect: true));

        await wanda.SayAsync("My laptop does not start.");
        await wanda.PressAsync("That's right");
        await desk.PassAsync(TimeSpan.FromSeconds(2));

        await wanda.SeesAsync((await desk.OnlyAsync("incident")).Id);
        await using var snapshot = await desk.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        var figures = await snapshot.FiguresAsync();
        Assert.Equal((0L, 0L), (figures.UnsentMessages, figures.DeadLetters));
    }

    [Fact]
    public async Task Teams_BlockedForGood_IsGivenUpAndTheNextMessageGoesOn()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext(new ConnectorFault(403));

        await wanda.SayAsync("my tickets");
        await wanda.SayAsync("help");

        await wanda.SeesAsync("How can I help?");
        await wanda.SeesNotAsync("You have nothing open");
        await using var snapshot = await desk.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await snapshot.FiguresAsync()).DeadLetters);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(401)]
    public async Task Teams_AwayForHours_GetsWhatWaited(int status)
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext([.. Enumerable.Repeat(new ConnectorFault(status), 40)]);

        await wanda.SayAsync("my tickets");
        for (var minutes = 0; minutes < 240; minutes += 5)
        {
            await desk.PassAsync(TimeSpan.FromMinutes(5));
        }

        await wanda.SeesAsync("You have nothing open");
    }

    [Fact]
    public async Task Teams_BackAndStillRefusingSome_GetsWhatWaited()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext([.. Enumerable.Repeat(new ConnectorFault(503), 16)]);
        await wanda.SayAsync("my tickets");
        for (var attempt = 2; attempt <= 16; attempt++)
        {
            await desk.PassAsync(TimeSpan.FromMinutes(5));
        }

        await desk.Person("tom").SayAsync("my tickets");
        await desk.Person("tom").SeesAsync("You have nothing open");
        await wanda.SeesNotAsync("You have nothing open");
        teams.Connector.FailNext(new ConnectorFault(503));
        await desk.PassAsync(TimeSpan.FromMinutes(5));
        await desk.PassAsync(TimeSpan.FromMinutes(5));

        await wanda.SeesAsync("You have nothing open");
    }

    [Fact]
    public async Task Teams_OneMessageRefusedWhileOthersGoOut_IsGivenUpAndTheNextGoesOn()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var wanda = desk.Person("wanda");
        teams.Connector.FailNext(new ConnectorFault(500));
        await wanda.SayAsync("my tickets");
        await wanda.SayAsync("help");

        for (var attempt = 2; attempt <= 12; attempt++)
        {
            await desk.Person("tom").SayAsync("my tickets");
            teams.Connector.FailNext(new ConnectorFault(500));
            await desk.PassAsync(TimeSpan.FromMinutes(5));
        }

        await wanda.SeesAsync("How can I help?");
        await wanda.SeesNotAsync("You have nothing open");
        await using var snapshot = await desk.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await snapshot.FiguresAsync()).DeadLetters);
    }

    [Fact]
    public async Task Teams_OneConversationHeldBack_DoesNotHoldUpAnother()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        teams.Connector.FailNext(new ConnectorFault(429, "60"));

        await desk.Person("wanda").SayAsync("my tickets");
        await desk.Person("tom").SayAsync("my tickets");

        await desk.Person("tom").SeesAsync("You have nothing open");
        Assert.Empty(await desk.Person("wanda").ChatAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(60));
        await desk.Person("wanda").SeesAsync("You have nothing open");
    }

    [Fact]
    public async Task Teams_CardDeletedByAModerator_IsPostedAnew()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(wanda, "My laptop does not start.");
        await ada.SeesAsync("(Claim)");
        var card = (await ada.PostsAsync()).Last(post => post.Card.Button("Claim") is not null);

        teams.Connector.Board.Remove(card.Id);
        await ada.SayAsync($"claim {(await desk.OnlyAsync("incident")).Id}");

        await ada.SeesAsync("Owner: Ada");
        await ada.PressAsync("Resolve", ("text", "A new battery is in."));
        await wanda.SeesAsync("A new battery is in.");
    }

    [Theory]
    [InlineData(429, "ratelimited", "7", 7)]
    [InlineData(200, "fatal_error", null, 2)]
    [InlineData(503, null, null, 2)]
    [InlineData(0, null, null, 2)]
    public async Task Slack_PassingFailure_WaitsAndComesInOrder(int status, string? error, string? retryAfter, int seconds)
    {
        var slack = new SlackPlatform();
        await using var desk = await RunningDesk.StartAsync(slack);
        var wanda = desk.Person("wanda");
        slack.Web.FailNext(new SlackFault(status, error, retryAfter));

        await wanda.SayAsync("My laptop does not start.");
        await wanda.SayAsync("my tickets");

        Assert.Empty(await wanda.ChatAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(seconds));
        await wanda.SeesAsync("I am waiting for you to say whether I understood it right.");
        Assert.Contains("This is what I understood", (await wanda.ChatAsync())[0].Card.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await wanda.ChatAsync()).Count);
    }

    [Fact]
    public async Task Slack_FormComesTooLate_IsOfferedByAButton()
    {
        var slack = new SlackPlatform();
        await using var desk = await RunningDesk.StartAsync(slack);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(wanda, "My laptop does not start.");
        await ada.PressAsync("Claim");
        slack.Web.ExpiresTriggers = true;

        await ada.PressAsync("Resolve");
        await ada.SeesAsync("(Open");
        slack.Web.ExpiresTriggers = false;
        var offered = (await ada.PostsAsync()).Last(post => post.OnlyFor == "ada");
        await ada.PressAsync(offered, Assert.Single(offered.Card.Buttons), ("text", "A new battery is in."));

        await wanda.SeesAsync("A new battery is in.");
    }
}
