using System.Text;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>The way out, against a stub of the connector.</summary>
public sealed class OutletTests : IAsyncLifetime
{
    private static readonly Reader English = new("en", TimeZoneInfo.Utc);
    private static readonly Card Hello = Card.Of("Hello", "How can I help?");
    private static readonly Card Claimable = new([new TextPart("INC-7 Wi-Fi")], [new Button("Claim", "claim", new Dictionary<string, string> { ["ticket"] = "INC-7" })]) { Summary = "INC-7" };

    private TeamsHost _host = null!;

    private Place Personal => new("teams", "a:1mara", null, PlaceKind.Personal) { ServiceUrl = _host.Microsoft.ServiceUrl, Organisation = TeamsHost.Tenant };

    private Place ThreadOf(string root) => new("teams", "19:network@thread.tacv2", root, PlaceKind.Channel) { ServiceUrl = _host.Microsoft.ServiceUrl.TrimEnd('/'), Organisation = TeamsHost.Tenant };

    public async ValueTask InitializeAsync() => _host = await TeamsHost.RegisteredAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Post_PlainWords_GoAsPlainMessageWithTheBotsToken()
    {
        var sent = Assert.IsType<SendResult.Sent>(await PostAsync(Personal, Hello));

        Assert.Equal(("1701", Personal), (sent.PostId, sent.At));
        var call = Assert.Single(_host.Microsoft.Calls);
        Assert.Equal(("POST", "v3/conversations/a%3A1mara/activities", $"Bearer token-{TeamsHost.Tenant}-1"), (call.Method, call.Path, call.Authorization));
        Assert.Equal(("message", "plain", "Hello\n\nHow can I help?"), ((string?)call.Body!["type"], (string?)call.Body["textFormat"], (string?)call.Body["text"]));
    }

    [Fact]
    public async Task Post_CardWithButtons_GoesAsAdaptiveCardWithSummary()
    {
        await PostAsync(Personal, Claimable);

        var body = Assert.Single(_host.Microsoft.Calls).Body!;
        Assert.Equal("INC-7", (string?)body["summary"]);
        Assert.Null(body["text"]);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)body["attachments"]![0]!["contentType"]);
    }

    [Fact]
    public async Task Post_InAThread_GoesToThatThread()
    {
        await PostAsync(ThreadOf("1700"), Hello);

        Assert.Equal("v3/conversations/19%3Anetwork%40thread.tacv2%3Bmessageid%3D1700/activities", Assert.Single(_host.Microsoft.Calls).Path);
    }

    [Fact]
    public async Task Post_InAChannel_BeginsAThread()
    {
        var channel = ThreadOf("x") with { Thread = null };

        var sent = Assert.IsType<SendResult.Sent>(await PostAsync(channel, Claimable));

        Assert.Equal(("1700", channel), (sent.PostId, sent.At));
        var call = Assert.Single(_host.Microsoft.Calls);
        Assert.Equal("v3/conversations", call.Path);
        Assert.Equal("19:network@thread.tacv2", (string?)call.Body!["channelData"]!["channel"]!["id"]);
        Assert.NotNull(call.Body["activity"]);
    }

    [Fact]
    public async Task Post_ToAPersonNotSpokenToYet_OpensTheChatFirst()
    {
        var sent = Assert.IsType<SendResult.Sent>(await PostAsync(Personal with { Conversation = "@29:1ada" }, Hello));

        Assert.Equal(("a:opened", PlaceKind.Personal), (sent.At.Conversation, sent.At.Kind));
        var open = _host.Microsoft.Calls.First().Body!;
        Assert.Equal(("29:1ada", TeamsHost.Tenant, false), ((string?)Assert.Single(open["members"]!.AsArray())!["id"], (string?)open["tenantId"], (bool)open["isGroup"]!));
    }

    [Fact]
    public async Task Post_ToWebChat_HasSubmitButtons()
    {
        await using var local = await TeamsHost.RegisteredAsync(("Teams:TrustedServiceUrls:1", "https://webchat.botframework.com/"));
        var activity = local.Services.GetService(typeof(ServiceDeskBot.Channels.Teams.OutgoingActivity)) as ServiceDeskBot.Channels.Teams.OutgoingActivity;

        var json = Encoding.UTF8.GetString(activity!.New(Claimable, English, "https://webchat.botframework.com/"));

        Assert.Contains("Action.Submit", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Execute", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_OfAThreadsFirstPost_GoesToItsThread()
    {
        var channel = ThreadOf("x") with { Thread = null };

        Assert.IsType<SendResult.Sent>(await _host.Outlet.UpdateAsync(channel, "1700", Claimable, English, CancellationToken.None));

        var call = Assert.Single(_host.Microsoft.Calls);
        Assert.Equal(("PUT", "v3/conversations/19%3Anetwork%40thread.tacv2%3Bmessageid%3D1700/activities/1700"), (call.Method, call.Path));
        Assert.Equal("1700", (string?)call.Body!["id"]);
    }

    [Fact]
    public async Task Update_ToPlainWords_StaysACard()
    {
        await _host.Outlet.UpdateAsync(Personal, "1701", Hello, English, CancellationToken.None);

        var body = Assert.Single(_host.Microsoft.Calls).Body!;
        Assert.Null(body["text"]);
        Assert.NotNull(body["attachments"]);
    }

    [Theory]
    [InlineData(200, "{\"id\":\"1\"}")]
    [InlineData(201, "")]
    [InlineData(202, "")]
    [InlineData(204, "")]
    [InlineData(200, "OK")]
    public async Task Post_AnySuccess_IsSent(int status, string body)
    {
        _host.Microsoft.Connector = _ => new Reply(status, body);

        Assert.NotEmpty(Assert.IsType<SendResult.Sent>(await PostAsync(Personal, Hello)).PostId);
    }

    public static TheoryData<int, string, Type> Failures => new()
    {
        { 403, """{"error":{"code":"BotNotInConversationRoster","message":"…"}}""", typeof(SendResult.Refused) },
        { 403, """{"errorCode":209,"message":"{\r\n  \"subCode\": \"MessageWritesBlocked\",\r\n  \"details\": \"\"}"}""", typeof(SendResult.Refused) },
        { 403, "<html><body>Forbidden</body></html>", typeof(SendResult.Refused) },
        { 404, """{"error":{"code":"ConversationNotFound","message":"…"}}""", typeof(SendResult.Refused) },
        { 404, "", typeof(SendResult.Refused) },
        { 400, """{"error":{"code":"BadSyntax","message":"…"}}""", typeof(SendResult.Refused) },
        { 413, """{"error":{"code":"MessageSizeTooBig","message":"…"}}""", typeof(SendResult.Refused) },
        { 301, "", typeof(SendResult.Refused) },
        { 401, "", typeof(SendResult.Later) },
        { 408, "", typeof(SendResult.Later) },
        { 412, "", typeof(SendResult.Later) },
        { 429, """{"error":{"code":"TooManyRequests","message":"…"}}""", typeof(SendResult.Later) },
        { 500, "<html>", typeof(SendResult.Later) },
        { 502, "<html>", typeof(SendResult.Later) },
        { 503, "", typeof(SendResult.Later) },
        { 504, "", typeof(SendResult.Later) },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Post_ConnectorRefuses_SaysWhetherItMayWorkLater(int status, string body, Type expected)
    {
        _host.Microsoft.Connector = _ => new Reply(status, body, body.StartsWith('<') ? "text/html" : "application/json");

        Assert.IsType(expected, await PostAsync(Personal, Hello));
    }

    [Fact]
    public async Task Post_TeamsOwnErrorShape_GivesTheReason()
    {
        _host.Microsoft.Connector = _ => new Reply(403, """{"errorCode":209,"message":"{\r\n  \"subCode\": \"MessageWritesBlocked\"}"}""");

        Assert.Equal("403 MessageWritesBlocked", Assert.IsType<SendResult.Refused>(await PostAsync(Personal, Hello)).Reason);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("Fri, 20 Nov 2026 09:01:30 GMT", 90)]
    [InlineData("Fri, 20 Nov 2026 08:00:00 GMT", 0)]
    public async Task Post_TooFast_WaitsAsLongAsAsked(string retryAfter, int seconds)
    {
        _host.Microsoft.Connector = _ => new Reply(429, "", "application/json", ("Retry-After", retryAfter));

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<SendResult.Later>(await PostAsync(Personal, Hello)).After);
    }

    [Theory]
    [InlineData(404, """{"error":{"code":"ActivityNotFoundInConversation","message":"…"}}""", typeof(SendResult.Vanished))]
    [InlineData(404, "<html>", typeof(SendResult.Vanished))]
    [InlineData(404, """{"error":{"code":"ConversationNotFound","message":"…"}}""", typeof(SendResult.Refused))]
    [InlineData(403, """{"error":{"code":"ForbiddenOperationException","message":"…"}}""", typeof(SendResult.Refused))]
    [InlineData(503, "", typeof(SendResult.Later))]
    public async Task Update_ConnectorRefuses_SaysWhatBecameOfTheMessage(int status, string body, Type expected)
    {
        _host.Microsoft.Connector = _ => new Reply(status, body);

        Assert.IsType(expected, await _host.Outlet.UpdateAsync(Personal, "1701", Hello, English, CancellationToken.None));
    }

    [Fact]
    public async Task Post_TokenRefusedOnce_TakesANewOne()
    {
        _host.Microsoft.Connector = call => call.Authorization!.EndsWith("-1", StringComparison.Ordinal) ? new Reply(401) : StubMicrosoft.Accepting(call);

        Assert.IsType<SendResult.Sent>(await PostAsync(Personal, Hello));
        Assert.Equal(2, _host.Microsoft.TokensGiven);

        Assert.IsType<SendResult.Sent>(await PostAsync(Personal, Hello));
        Assert.Equal(2, _host.Microsoft.TokensGiven);
    }

    [Fact]
    public async Task Post_WrongSecret_IsLaterWithTheReason()
    {
        await using var host = await TeamsHost.RegisteredAsync(("Teams:AppPassword", "wrong"));

        var result = await host.Outlet.PostAsync(Personal with { ServiceUrl = host.Microsoft.ServiceUrl }, Hello, English, CancellationToken.None);

        Assert.Contains("invalid_client", Assert.IsType<SendResult.Later>(result).Reason, StringComparison.Ordinal);
        Assert.Empty(host.Microsoft.Calls);
    }

    [Fact]
    public async Task Post_NobodyListens_IsLater()
    {
        await using var host = await TeamsHost.RegisteredAsync(("Teams:TrustedServiceUrls:1", "http://127.0.0.1:9"));

        Assert.IsType<SendResult.Later>(await host.Outlet.PostAsync(Personal with { ServiceUrl = "http://127.0.0.1:9/" }, Hello, English, CancellationToken.None));
    }

    [Fact]
    public async Task Post_UntrustedServiceUrl_SendsNothing()
    {
        Assert.IsType<SendResult.Refused>(await PostAsync(Personal with { ServiceUrl = "https://evil.example/" }, Hello));

        Assert.Equal(0, _host.Microsoft.TokensGiven);
    }

    [Fact]
    public async Task Post_Redirected_DoesNotFollow()
    {
        _host.Microsoft.Connector = _ => new Reply(307, "", "text/plain", ("Location", $"{_host.Microsoft.Url}/amer/elsewhere"));

        Assert.IsType<SendResult.Refused>(await PostAsync(Personal, Hello));
        Assert.Single(_host.Microsoft.Calls);
    }

    [Fact]
    public async Task Post_PlaceFromTheSettings_GoesWhereItsTenantWasLastHeard()
    {
        await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer());

        var sent = Assert.IsType<SendResult.Sent>(await PostAsync(ThreadOf("1700") with { ServiceUrl = null }, Hello));

        Assert.Equal(_host.Microsoft.ServiceUrl, sent.At.ServiceUrl);
    }

    [Fact]
    public async Task Post_WithoutRegistration_SendsNoToken()
    {
        await using var host = await TeamsHost.UnsignedAsync();

        Assert.IsType<SendResult.Sent>(await host.Outlet.PostAsync(Personal with { ServiceUrl = host.Microsoft.ServiceUrl }, Hello, English, CancellationToken.None));
        Assert.Null(Assert.Single(host.Microsoft.Calls).Authorization);
    }

    [Fact]
    public async Task Post_WithoutRegistrationAndNobodyCalledYet_IsLater()
    {
        await using var host = await TeamsHost.UnsignedAsync();

        Assert.IsType<SendResult.Later>(await host.Outlet.PostAsync(Personal with { ServiceUrl = null }, Hello, English, CancellationToken.None));
    }

    private Task<SendResult> PostAsync(Place to, Card card) => _host.Outlet.PostAsync(to, card, English, CancellationToken.None);
}
