using System.Net;
using System.Text;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>What Slack's three addresses must refuse, and with which word.</summary>
public sealed class SlackRequestTests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string, string> Addresses => new()
    {
        { "/slack/events", """{"type":"event_callback"}""" },
        { "/slack/interactivity", "payload=%7B%7D" },
        { "/slack/commands", "command=%2Fdesk" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Slack_SignatureWrongOrMissing_Is401(string path, string body)
    {
        await using var door = await Door.OpenAsync();
        var type = path == "/slack/events" ? Json : Form;

        Assert.Equal(HttpStatusCode.Unauthorized, await door.SendAsync(door.Slack.Signed(path, body, type, secret: "another secret")));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.SendAsync(Without(door.Slack.Signed(path, body, type), "X-Slack-Signature")));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.SendAsync(Without(door.Slack.Signed(path, body, type), "X-Slack-Request-Timestamp")));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.SendAsync(With(door.Slack.Signed(path, body, type), "X-Slack-Request-Timestamp", "yesterday")));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.SendAsync(With(door.Slack.Signed(path, body, type), "X-Slack-Signature", "v0=00")));
    }

    [Theory]
    [InlineData(6, HttpStatusCode.Unauthorized)]
    [InlineData(-6, HttpStatusCode.Unauthorized)]
    [InlineData(4, HttpStatusCode.OK)]
    [InlineData(-4, HttpStatusCode.OK)]
    public async Task Slack_TimestampOff_IsRefusedBeyondFiveMinutes(int ageMinutes, HttpStatusCode expected)
    {
        await using var door = await Door.OpenAsync();
        var body = """{"type":"url_verification","challenge":"c1"}""";

        Assert.Equal(expected, await door.SendAsync(door.Slack.Signed("/slack/events", body, Json, age: TimeSpan.FromMinutes(ageMinutes))));
    }

    [Theory]
    [InlineData("/slack/events", "", Json)]
    [InlineData("/slack/events", "{", Json)]
    [InlineData("/slack/events", "[]", Json)]
    [InlineData("/slack/events", "null", Json)]
    [InlineData("/slack/events", """{"type":"event_callback"}""", Json)]
    [InlineData("/slack/events", """{"type":"event_callback","event":[]}""", Json)]
    [InlineData("/slack/events", """{"type":"event_callback","event":{"type":"message","us\ud83der":"U1","channel":"D1","ts":"1.0","text":"hello"}}""", Json)]
    [InlineData("/slack/interactivity", """payload={"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","callback_id":"a","st\ud83date":{}}}""", Form)]
    [InlineData("/slack/interactivity", "payload=nonsense", Form)]
    [InlineData("/slack/interactivity", "payload=%5B%5D", Form)]
    [InlineData("/slack/interactivity", "nothing=here", Form)]
    [InlineData("/slack/interactivity", "", Form)]
    [InlineData("/slack/commands", "", Form)]
    [InlineData("/slack/commands", "command=%2Fdesk", Form)]
    public async Task Slack_Unreadable_Is400(string path, string body, string type)
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await door.SendAsync(door.Slack.Signed(path, body, type)));
    }

    [Theory]
    [InlineData("/slack/events", """{"type":"event_callback","event":{"type":"message","user":7,"channel":[],"ts":{},"text":false}}""", Json)]
    [InlineData("/slack/events", """{"type":"event_callback","event":{"type":"message","subtype":"message_changed","message":"x","channel":"D1","ts":"1.0"}}""", Json)]
    [InlineData("/slack/events", """{"type":"event_callback","team_id":1,"authorizations":"x","event":{"type":"app_mention"}}""", Json)]
    [InlineData("/slack/events", """{"type":"event_callback","event":{"type":"message","channel":"D1","user":"U1","ts":"not a time","text":"hello \ud800"}}""", Json)]
    [InlineData("/slack/events", """{"type":"something_new"}""", Json)]
    [InlineData("/slack/interactivity", """payload={"type":"block_actions","user":"x","actions":{}}""", Form)]
    [InlineData("/slack/interactivity", """payload={"type":"block_actions","user":{"id":"U1"},"channel":{"id":"C1"},"actions":[{"action_id":"claim:0","value":"[1,2"}]}""", Form)]
    [InlineData("/slack/interactivity", """payload={"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","callback_id":"resolve","private_metadata":"\u0000","state":{"values":[]}}}""", Form)]
    [InlineData("/slack/interactivity", """payload={"type":"something_new"}""", Form)]
    public async Task Slack_OddInsides_AreAnsweredWithoutAFault(string path, string body, string type)
    {
        await using var door = await Door.OpenAsync();

        var status = (int)await door.SendAsync(door.Slack.Signed(path, body, type));

        Assert.True(status is 200 or 400, $"{status}");
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Slack_TenMegabytes_Is413(string path, string start)
    {
        await using var door = await Door.OpenAsync();
        var request = door.Slack.Signed(path, start + new string('x', 10 * 1024 * 1024), path == "/slack/events" ? Json : Form);
        request.Headers.ExpectContinue = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await door.SendAsync(request));
    }

    [Fact]
    public async Task Slack_WithoutASigningSecret_IsNotThere()
    {
        await using var desk = await RunningDesk.StartAsync("local");
        using var http = new HttpClient { BaseAddress = desk.Address };
        foreach (var path in new[] { "/slack/events", "/slack/interactivity", "/slack/commands" })
        {
            using var content = new StringContent("{}", Encoding.UTF8, Json);
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static HttpRequestMessage Without(HttpRequestMessage request, string header)
    {
        request.Headers.Remove(header);
        return request;
    }

    private static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.Add(header, value);
        return request;
    }

    /// <summary>A desk behind its Slack endpoints.</summary>
    private sealed class Door(RunningDesk desk, SlackPlatform slack) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = desk.Address };

        public SlackPlatform Slack => slack;

        public static async Task<Door> OpenAsync()
        {
            var slack = new SlackPlatform();
            return new Door(await RunningDesk.StartAsync(slack), slack);
        }

        public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
        {
            using (request)
            {
                using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
                return response.StatusCode;
            }
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await desk.DisposeAsync();
        }
    }
}
