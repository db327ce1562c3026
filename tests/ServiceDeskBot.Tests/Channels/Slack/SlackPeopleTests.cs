using System.Net;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackPeopleTests : IAsyncLifetime
{
    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Introduce_UnknownMember_VouchedFor()
    {
        var sender = await SenderAsync();

        Assert.Equal(new Sender("U0MARA", "Mara Klein", "mara@example.com", "de-DE", "Europe/Berlin"), sender);
        var call = await _desk.Slack.CalledAsync("users.info");
        Assert.Equal((true, "U0MARA", "true", "Bearer xoxb-test"), (call.IsForm, call.Text("user"), call.Text("include_locale"), call.Authorization));
    }

    [Fact]
    public async Task Introduce_KnownAccount_SlackNotAsked()
    {
        _desk.Turns.Known.Add("U0MARA");

        Assert.Equal(new Sender("U0MARA", "U0MARA"), await SenderAsync());

        Assert.DoesNotContain(_desk.Slack.Calls, call => call.Method == "users.info");
    }

    [Theory]
    [InlineData(SlackStub.Team, "\"is_restricted\":true")]
    [InlineData(SlackStub.Team, "\"is_ultra_restricted\":true")]
    [InlineData(SlackStub.Team, "\"is_stranger\":true")]
    [InlineData(SlackStub.Team, "\"is_bot\":true")]
    [InlineData("T0OTHER", "\"is_bot\":false")]
    public async Task Introduce_NotAFullMemberOfTheOwnWorkspace_NameWithoutAddress(string team, string more)
    {
        _desk.Slack.Replies["users.info"] = _ => new SlackStubReply(SlackStub.User("U0MARA", team, more));

        var sender = await SenderAsync();

        Assert.Equal(("Mara Klein", null), (sender.Name, sender.Email));
    }

    [Fact]
    public async Task Introduce_OwnWorkspaceToldByEventsOnly_AddressFromThenOn()
    {
        _desk.Slack.Fail("auth.test", "internal_error");
        await using var desk = await SlackDesk.StartAsync(("Slack:ApiUrl", _desk.Slack.Address.ToString()));

        await desk.InteractAsync(SlackPayloads.Press("""{"a":"claim"}""")).IsAsync(HttpStatusCode.OK);
        await desk.EventAsync(SlackPayloads.ChannelPost).IsAsync(HttpStatusCode.OK);

        Assert.Equal([null, "mara@example.com"], desk.Turns.Accepted.Select(turn => turn.From.Email));
    }

    [Theory]
    [InlineData("user_not_found", HttpStatusCode.OK)]
    [InlineData("ratelimited", HttpStatusCode.TooManyRequests)]
    [InlineData("fatal_error", HttpStatusCode.InternalServerError)]
    public async Task Introduce_SlackRefuses_GoesOnWithout(string error, HttpStatusCode status)
    {
        _desk.Slack.Fail("users.info", error, status);

        Assert.Equal(new Sender("U0MARA", "U0MARA"), await SenderAsync());
    }

    [Fact]
    public async Task Introduce_SlackSilent_GoesOnBeforeSlackGivesUp()
    {
        _desk.Slack.Replies["users.info"] = _ => new SlackStubReply("") { Hangs = true };
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal(new Sender("U0MARA", "U0MARA"), await SenderAsync());

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task Introduce_GuestWritesOften_AskedForOnceInTenMinutes()
    {
        foreach (var (minutes, ts) in new[] { (0, "1763629923.1"), (9, "1763629924.1"), (11, "1763629925.1") })
        {
            _desk.Clock.Now += TimeSpan.FromMinutes(minutes);
            await _desk.EventAsync(SlackPayloads.ChannelPost.Replace("1763629923.000100", ts, StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);
        }

        Assert.Equal(2, _desk.Slack.Calls.Count(call => call.Method == "users.info"));
    }

    [Fact]
    public async Task Mentioned_Person_WrittenByName()
    {
        await _desk.EventAsync(SlackPayloads.ChannelPost.Replace("the wifi", "<@U0OMAR> the wifi", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        Assert.Equal("@Mara Klein the wifi is down", Assert.IsType<Said>(_desk.Turns.Only.Input).Text);
    }

    private async Task<Sender> SenderAsync()
    {
        await _desk.EventAsync(SlackPayloads.ChannelPost).IsAsync(HttpStatusCode.OK);
        return _desk.Turns.Only.From;
    }
}
