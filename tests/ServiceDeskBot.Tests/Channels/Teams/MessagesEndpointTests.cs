using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>What the endpoint takes, refuses and survives.</summary>
public sealed class MessagesEndpointTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.UnsignedAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Request_OtherThanPost_MethodNotAllowed(string method)
    {
        using var response = await _host.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/messages"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"message\"")]
    [InlineData("[]")]
    [InlineData("[{\"type\":\"message\"}]")]
    [InlineData("{}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"\"}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"message\",}")]
    [InlineData("{\"type\":\"message\"} trailing")]
    [InlineData("{\"type\":\"message\"}")]
    [InlineData("{\"type\":\"invoke\",\"name\":\"adaptiveCard/action\",\"value\":{\"action\":{\"verb\":\"claim\"}}}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public async Task Post_NotAnActivity_BadRequest(string body)
    {
        using var response = await _host.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_host.Desk.Turns);
    }

    [Theory]
    [InlineData("id", "7")]
    [InlineData("id", "{}")]
    [InlineData("text", "7")]
    [InlineData("text", "[\"a\"]")]
    [InlineData("from", "\"mara\"")]
    [InlineData("from", "[]")]
    [InlineData("from", "{\"id\":7}")]
    [InlineData("from", "{}")]
    [InlineData("from", "null")]
    [InlineData("recipient", "true")]
    [InlineData("conversation", "\"a:1\"")]
    [InlineData("conversation", "{\"id\":null}")]
    [InlineData("conversation", "{\"id\":\"\"}")]
    [InlineData("conversation", "{\"id\":\"a\",\"isGroup\":\"yes\"}")]
    [InlineData("serviceUrl", "{}")]
    [InlineData("serviceUrl", "null")]
    [InlineData("timestamp", "1795221671564")]
    [InlineData("attachments", "{}")]
    [InlineData("attachments", "[7]")]
    [InlineData("entities", "\"mention\"")]
    [InlineData("channelId", "[]")]
    [InlineData("replyToId", "5")]
    public async Task Post_MemberOfWrongType_BadRequest(string member, string json)
    {
        var activity = _host.Message();
        activity[member] = JsonNode.Parse(json);

        using var response = await _host.PostAsync(activity);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_host.Desk.Turns);
    }

    [Theory]
    [InlineData("entities", "[7, null, {\"type\":5}, {\"type\":\"mention\"}, {\"type\":\"mention\",\"mentioned\":\"me\",\"text\":4}]")]
    [InlineData("channelData", "\"free\"")]
    [InlineData("channelData", "{\"tenant\":\"x\",\"eventType\":[]}")]
    [InlineData("channelData", "{\"tenant\":{\"id\":\"\\ud800\"}}")]
    [InlineData("attachments", "[null, {}, {\"contentType\":\"text/html\",\"content\":7}]")]
    [InlineData("timestamp", "\"yesterday\"")]
    [InlineData("locale", "\"xx-INVALID\"")]
    [InlineData("localTimezone", "\"Mars/Olympus\"")]
    [InlineData("somethingNew", "{\"a\":[1,2,3]}")]
    [InlineData("text", "null")]
    public async Task Post_OddButHarmless_ReachesTheDesk(string member, string json)
    {
        var activity = _host.Message();
        activity[member] = "@odd";

        // Put in as text: a lone surrogate does not survive being a node.
        using var response = await _host.PostAsync(activity.ToJsonString().Replace("\"@odd\"", json, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        _host.Desk.Single<Said>();
    }

    [Fact]
    public async Task Post_InvalidUtf8_BadRequest()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages");
        request.Content = new ByteArrayContent([.. Encoding.UTF8.GetBytes("""{"type":"message","text":"""), (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']);
        request.Content.Headers.ContentType = new("application/json");

        using var response = await _host.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_DeepNesting_BadRequest()
    {
        var body = $$"""{"type":"message","value":{{new string('[', 5000)}}{{new string(']', 5000)}}}""";

        using var response = await _host.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_NotJsonContentType_UnsupportedMediaType(string contentType)
    {
        using var response = await _host.PostAsync(_host.Message().ToJsonString(), contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Post_JustBelowTheLimit_ReachesTheDesk() =>
        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(new string('x', 255 * 1024))));

    [Fact]
    public async Task Post_TenMegabytes_TooLarge()
    {
        // As a bare socket: a client that sends on while it is refused may see its connection closed before it reads the answer.
        Assert.StartsWith("HTTP/1.1 413", await FirstLineAsync($"Content-Length: {10 * 1024 * 1024}", new byte[64 * 1024]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TooLargeWithoutLength_TooLarge()
    {
        var chunk = Encoding.ASCII.GetBytes($"{300 * 1024:x}\r\n{{\"text\":\"{new string('x', (300 * 1024) - 9)}\r\n");

        Assert.StartsWith("HTTP/1.1 413", await FirstLineAsync("Transfer-Encoding: chunked", chunk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TypeInOtherCase_IsThatType()
    {
        var activity = _host.Message();
        activity["type"] = "Message";

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(activity));
        _host.Desk.Single<Said>();
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("event")]
    [InlineData("endOfConversation")]
    [InlineData("brandNewKind")]
    public async Task Post_KindThatDoesNotConcernTheDesk_IsIgnored(string type)
    {
        var activity = _host.Message();
        activity["type"] = type;

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(activity));
        Assert.Empty(_host.Desk.Turns);
    }

    [Fact]
    public async Task Post_SameDeliveryTwice_HasOneKey()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.StatusAsync(_host.Message())));

        _host.Desk.Single<Said>();
    }

    [Fact]
    public async Task Post_StoreUnavailable_AsksToDeliverAgain()
    {
        _host.Desk.IsUnavailable = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await _host.StatusAsync(_host.Message()));
    }

    [Fact]
    public async Task Post_DeskTakesItsTime_AnsweredBeforeTeamsGivesUp()
    {
        _host.Desk.IsStuck = true;
        var answered = _host.StatusAsync(_host.Message());
        await _host.TimerAsync();

        Assert.False(answered.IsCompleted);
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, await answered);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://smba.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("https://other.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a url")]
    [InlineData("")]
    public async Task Post_UntrustedServiceUrl_Forbidden(string serviceUrl)
    {
        var activity = _host.Message();
        activity["serviceUrl"] = serviceUrl;

        Assert.Equal(HttpStatusCode.Forbidden, await _host.StatusAsync(activity));
        Assert.Empty(_host.Desk.Turns);
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/amer/11111111-2222-3333-4444-555555555555/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/gcc")]
    [InlineData("https://webchat.botframework.com/")]
    [InlineData("http://localhost:56150/_connector")]
    [InlineData("http://[::1]:9/")]
    public async Task Post_TrustedServiceUrl_ReachesTheDesk(string serviceUrl)
    {
        var activity = _host.Message();
        activity["serviceUrl"] = serviceUrl;

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(activity));
        Assert.Equal(serviceUrl, _host.Desk.Single().Place.ServiceUrl);
    }

    [Theory]
    [InlineData("Host", "desk.example.com")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("X-Forwarded-Host", "desk.example.com")]
    [InlineData("X-Real-IP", "10.0.0.1")]
    [InlineData("Authorization", "Bearer abc")]
    public async Task Post_UnsignedButNotPlainlyFromHere_Unauthorized(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(_host.Message().ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await _host.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(_host.Desk.Turns);
    }

    [Fact]
    public async Task Post_UnsignedFromOwnOrigin_ReachesTheDesk()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(_host.Message().ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Origin", _host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));

        using var response = await _host.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_UnsignedOutsideDevelopment_Unauthorized()
    {
        await using var production = await TeamsHost.StartAsync("Production", []);

        Assert.Equal(HttpStatusCode.Unauthorized, await production.StatusAsync(production.Message()));
    }

    private async Task<string> FirstLineAsync(string lengthHeader, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _host.Http.BaseAddress!.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{lengthHeader}\r\n\r\n"));
        await stream.WriteAsync(body);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync() ?? "";
    }
}
