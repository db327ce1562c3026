using System.Net;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackOutletTests : IAsyncLifetime
{
    private static readonly Place Network = new("slack", "C0NET", null, PlaceKind.Channel) { Organisation = "T0DESK" };
    private static readonly Reader English = Reader.For("en", null);
    private static readonly Card Hello = new([new TextPart("<b>wifi</b> & co")], [new Button("Claim", "claim", new Dictionary<string, string> { ["ticket"] = "INC-7" })]);

    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Post_ToChannel_SentWithBearerAndWithoutInterpretation()
    {
        var result = await PostAsync(Network);

        Assert.Equal(new SendResult.Sent("1763700000.000100", Network), result);
        var call = await _desk.Slack.CalledAsync("chat.postMessage");
        Assert.Equal(("Bearer xoxb-test", "C0NET", "none", null), (call.Authorization, call.Text("channel"), call.Text("parse"), call.Text("thread_ts")));
        Assert.False(call.Body.GetProperty("unfurl_links").GetBoolean());
        Assert.Contains("&lt;b", call.Text("text"), StringComparison.Ordinal);
        Assert.Equal("claim:0", call.Body.GetProperty("blocks")[1].GetProperty("elements")[0].GetProperty("action_id").GetString());
    }

    [Theory]
    [InlineData("1763629900.000100", "1763629900.000100")]
    [InlineData("command-1.2.abc", null)]
    public async Task Post_ToThread_OnlyUnderAPost(string thread, string? expected)
    {
        await PostAsync(Network with { Thread = thread });

        Assert.Equal(expected, (await _desk.Slack.CalledAsync("chat.postMessage")).Text("thread_ts"));
    }

    [Fact]
    public async Task Post_ToPersonNotSpokenTo_OpensTheConversationOnce()
    {
        var person = new Place("slack", "@U0MARA", null, PlaceKind.Personal);

        var first = Assert.IsType<SendResult.Sent>(await PostAsync(person));
        await PostAsync(person);

        Assert.Equal(person with { Conversation = "D0U0MARA" }, first.At);
        Assert.Single(_desk.Slack.Calls, call => call.Method == "conversations.open");
    }

    [Fact]
    public async Task Update_Message_ChangesItInPlace()
    {
        var result = await _desk.Outlet.UpdateAsync(Network with { Thread = "1763629900.000100" }, "1763629950.000100", Hello, English, CancellationToken.None);

        Assert.IsType<SendResult.Sent>(result);
        var call = await _desk.Slack.CalledAsync("chat.update");
        Assert.Equal(("C0NET", "1763629950.000100"), (call.Text("channel"), call.Text("ts")));
    }

    [Theory]
    [InlineData("channel_not_found")]
    [InlineData("not_in_channel")]
    [InlineData("is_archived")]
    [InlineData("user_disabled")]
    [InlineData("account_inactive")]
    [InlineData("token_revoked")]
    [InlineData("msg_too_long")]
    [InlineData("restricted_action")]
    [InlineData("an_error_of_next_year")]
    public async Task Post_PermanentError_Refused(string error)
    {
        _desk.Slack.Fail("chat.postMessage", error);

        Assert.Equal(new SendResult.Refused(error), await PostAsync(Network));
    }

    [Theory]
    [InlineData("ratelimited", HttpStatusCode.OK)]
    [InlineData("fatal_error", HttpStatusCode.OK)]
    [InlineData("internal_error", HttpStatusCode.OK)]
    [InlineData("service_unavailable", HttpStatusCode.ServiceUnavailable)]
    [InlineData("anything", HttpStatusCode.BadGateway)]
    [InlineData("invalid_auth", HttpStatusCode.OK)]
    [InlineData("missing_scope", HttpStatusCode.OK)]
    public async Task Post_PassingError_Later(string error, HttpStatusCode status)
    {
        _desk.Slack.Fail("chat.postMessage", error, status);

        Assert.Equal(new SendResult.Later(error, null), await PostAsync(Network));
    }

    [Fact]
    public async Task Post_RateLimited_LaterWhenSlackWants()
    {
        _desk.Slack.Fail("chat.postMessage", "ratelimited", HttpStatusCode.TooManyRequests, "30");

        Assert.Equal(new SendResult.Later("ratelimited", TimeSpan.FromSeconds(30)), await PostAsync(Network));
    }

    [Theory]
    [InlineData("<html>proxy</html>", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.OK)]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("<html>gone</html>", HttpStatusCode.NotFound)]
    public async Task Post_NotSlackWhoAnswers_Later(string body, HttpStatusCode status)
    {
        _desk.Slack.Replies["chat.postMessage"] = _ => new SlackStubReply(body, status);

        Assert.IsType<SendResult.Later>(await PostAsync(Network));
    }

    [Fact]
    public async Task Post_Redirected_TokenStaysHere()
    {
        _desk.Slack.Replies["chat.postMessage"] = _ => new SlackStubReply("", HttpStatusCode.TemporaryRedirect) { Location = new Uri(_desk.Slack.Address, "elsewhere").ToString() };

        Assert.IsType<SendResult.Later>(await PostAsync(Network));

        Assert.DoesNotContain(_desk.Slack.Calls, call => call.Method == "elsewhere");
    }

    [Fact]
    public async Task Post_NobodyListens_Later()
    {
        await using var desk = await SlackDesk.StartAsync(("Slack:ApiUrl", "http://127.0.0.1:9/api"));

        Assert.IsType<SendResult.Later>(await desk.Outlet.PostAsync(Network, Hello, English, CancellationToken.None));
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task Update_MessageGone_Vanished(string error)
    {
        _desk.Slack.Fail("chat.update", error);

        Assert.Equal(new SendResult.Vanished(error), await _desk.Outlet.UpdateAsync(Network, "1.1", Hello, English, CancellationToken.None));
    }

    [Theory]
    [InlineData("invalid_blocks")]
    [InlineData("msg_blocks_too_long")]
    public async Task Post_BlocksRefused_WordsGoAlone(string error)
    {
        _desk.Slack.Replies["chat.postMessage"] = call => call.Body.GetProperty("blocks").GetArrayLength() > 0
            ? new SlackStubReply($$"""{"ok":false,"error":"{{error}}","response_metadata":{"messages":["no more than 50 items"]} }""")
            : new SlackStubReply("""{"ok":true,"channel":"C0NET","ts":"1.1"}""");

        Assert.Equal(new SendResult.Sent("1.1", Network), await PostAsync(Network));
    }

    [Theory]
    [InlineData("user_disabled")]
    [InlineData("user_not_found")]
    public async Task Post_PersonGone_Refused(string error)
    {
        _desk.Slack.Fail("conversations.open", error);

        Assert.Equal(new SendResult.Refused(error), await PostAsync(new Place("slack", "@U0GONE", null, PlaceKind.Personal)));
    }

    private Task<SendResult> PostAsync(Place to) => _desk.Outlet.PostAsync(to, Hello, English, CancellationToken.None);
}
