using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>What <c>/api/messages</c> must refuse, and with which word.</summary>
public sealed class TeamsRequestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"message","text":{"a":1}}""")]
    [InlineData("""{"type":"message","from":"ada"}""")]
    [InlineData("""{"type":"message","conversation":[1]}""")]
    [InlineData("""{"type":"message","text":"hello"}""")]
    [InlineData("""{"type":"message","id":"1","text":"hello","conversation":{"id":""},"from":{"id":"29:x"},"serviceUrl":"http://127.0.0.1:1"}""")]
    public async Task Messages_Unreadable_Is400(string body)
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await door.PostAsync(body));
    }

    [Theory]
    [InlineData("""{"type":"invoke","name":"adaptiveCard/action","value":"text"}""")]
    [InlineData("""{"type":"invoke","name":"adaptiveCard/action","value":{"action":[]}}""")]
    [InlineData("""{"type":"invoke","name":"composeExtension/fetchTask","value":7}""")]
    [InlineData("""{"type":"invoke","name":"composeExtension/submitAction","value":{"data":{"action":{}}}}""")]
    [InlineData("""{"type":"message","value":[1,2],"text":null}""")]
    [InlineData("""{"type":"messageReaction","reactionsAdded":[null,{}]}""")]
    [InlineData("""{"type":"conversationUpdate","membersAdded":[null]}""")]
    [InlineData("""{"text":"My laptop does not start.","locale":"{0 is none"}""")]
    [InlineData("""{"text":"My laptop does not start.","locale":"\u0000\u0000"}""")]
    public async Task Messages_OddInsides_AreAnsweredWithoutAFault(string body)
    {
        await using var door = await Door.OpenAsync();

        var status = (int)await door.PostAsync(door.Completed(body));

        Assert.True(status is 200 or 202 or 400 or 501, $"{status}");
    }

    /// <summary>Half of a surrogate pair, which only shows when the names are compared.</summary>
    [Fact]
    public async Task Messages_NameIsNoText_AreAnsweredWithoutAFault()
    {
        await using var door = await Door.OpenAsync();
        var body = door.Completed("""{"type":"invoke","name":"adaptiveCard/action","value":{"action":{"ve-rb":"claim"}}}""").Replace("ve-rb", @"ve\ud83drb", StringComparison.Ordinal);

        // What is wrong with an invoke stands in the body of the answer.
        Assert.Equal(HttpStatusCode.OK, await door.PostAsync(body));
    }

    [Theory]
    [InlineData("""{"id":"1\nforged: line"}""")]
    [InlineData("""{"type":"new\nforged: line"}""")]
    [InlineData("""{"conversation":{"id":"a:1\nforged: line"}}""")]
    [InlineData("""{"text":"hello","from":{"id":"29:1\r\nforged: line","name":"x"}}""")]
    public async Task Messages_IdThatWouldBreakALineOfTheLog_Is400(string body)
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await door.PostAsync(door.Completed(body)));
    }

    [Fact]
    public async Task Messages_TenMegabytes_Is413()
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await door.PostAsync(Large(10 * 1024 * 1024)));
    }

    [Fact]
    public async Task Messages_TooLargeWithoutSayingSo_Is413()
    {
        await using var door = await Door.OpenAsync();

        // Little more than the limit: of a longer one the server would not wait for the end, and the client not hear its answer.
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await door.PostAsync(Large(270 * 1024), request => request.Headers.TransferEncodingChunked = true));
    }

    [Fact]
    public async Task Messages_OtherMethod_Is405()
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, await door.PostAsync("", request => request.Method = HttpMethod.Get));
    }

    [Fact]
    public async Task Messages_NotJson_Is415()
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await door.PostAsync(door.Hello(), request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain")));
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("https://smba.trafficmanager.net.evil.example.com/teams/")]
    [InlineData("http://smba.trafficmanager.net/teams/")]
    [InlineData("https://user@smba.trafficmanager.net/teams/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a url")]
    public async Task Messages_UnknownServiceUrl_Is403AndNothingIsSentThere(string serviceUrl)
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await door.PostAsync(door.Hello(activity => activity["serviceUrl"] = serviceUrl)));
        Assert.Empty(door.Teams.Connector.Calls);
        Assert.Empty(await door.Desk.TicketsAsync());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("Origin", "https://evil.example.com")]
    [InlineData("Host", "desk.example.com")]
    [InlineData("Authorization", "Bearer abc")]
    public async Task Messages_UnsignedAndNotPlainlyFromHere_Is401(string header, string value)
    {
        await using var door = await Door.OpenAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.PostAsync(door.Hello(), request => request.Headers.TryAddWithoutValidation(header, value)));
    }

    public static TheoryData<string> WrongTokens =>
        ["missing", "empty", "basic", "garbage", "two parts", "five parts", "alg none", "HS256", "foreign key", "expired", "not yet", "other app", "other issuer", "other service url", "no service url"];

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task Messages_WrongToken_Is401(string fault)
    {
        await using var door = await Door.OpenAsync(signed: true);
        var authority = door.Teams.SignedBy!;
        var header = fault switch
        {
            "missing" => null,
            "empty" => "Bearer ",
            "basic" => "Basic YTpi",
            "garbage" => "Bearer abc",
            "two parts" => "Bearer abc.def",
            "five parts" => "Bearer eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d",
            "alg none" => $"Bearer {authority.Token(algorithm: "none")}",
            "HS256" => $"Bearer {authority.Token(algorithm: "HS256")}",
            "foreign key" => $"Bearer {authority.Token(isForeign: true)}",
            "expired" => $"Bearer {authority.Token(age: TimeSpan.FromMinutes(66))}",
            "not yet" => $"Bearer {authority.Token(age: TimeSpan.FromMinutes(-6))}",
            "other app" => $"Bearer {authority.Token(audience: "11111111-2222-3333-4444-555555555555")}",
            "other issuer" => $"Bearer {authority.Token(issuer: "https://sts.windows.net/somebody/")}",
            "other service url" => $"Bearer {authority.Token(serviceUrl: "https://smba.trafficmanager.net/emea/")}",
            "no service url" => $"Bearer {authority.Token(serviceUrl: "")}",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await door.PostAsync(door.Hello(), request => WithToken(request, header)));
        Assert.Empty(door.Teams.Connector.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(-4)]
    public async Task Messages_RightTokenWithinTheSkew_IsTaken(int ageMinutes)
    {
        await using var door = await Door.OpenAsync(signed: true);

        Assert.Equal(HttpStatusCode.OK, await door.PostAsync(door.Hello(), request => WithToken(request, $"Bearer {door.Teams.SignedBy!.Token(age: TimeSpan.FromMinutes(ageMinutes))}")));
    }

    [Fact]
    public async Task Messages_WrongTenant_Is403()
    {
        await using var door = await Door.OpenAsync(signed: true);
        var foreign = door.Hello(activity =>
        {
            activity["conversation"]!["tenantId"] = "99999999-0000-0000-0000-000000000000";
            activity["channelData"]!["tenant"]!["id"] = "99999999-0000-0000-0000-000000000000";
        });

        Assert.Equal(HttpStatusCode.Forbidden, await door.PostAsync(foreign, request => WithToken(request, $"Bearer {door.Teams.SignedBy!.Token()}")));
        Assert.Empty(await door.Desk.TicketsAsync());
    }

    [Fact]
    public async Task Messages_Registered_AnswersWithTheBotsOwnToken()
    {
        await using var door = await Door.OpenAsync(signed: true);

        await door.Desk.Person("wanda").SayAsync("my tickets");

        await door.Desk.Person("wanda").SeesAsync("You have nothing open");
        Assert.All(door.Teams.Connector.Calls, call => Assert.Equal($"Bearer {BotFrameworkStub.ConnectorToken}", call.Authorization));
    }

    private static string Large(int bytes) => $$"""{"type":"message","text":"{{new string('x', bytes)}}"}""";

    private static void WithToken(HttpRequestMessage request, string? header)
    {
        request.Headers.Remove("Authorization");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }
    }

    /// <summary>A desk behind its Teams endpoint.</summary>
    private sealed class Door(RunningDesk desk, TeamsPlatform teams) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = desk.Address };

        public RunningDesk Desk => desk;

        public TeamsPlatform Teams => teams;

        public static async Task<Door> OpenAsync(bool signed = false)
        {
            var teams = new TeamsPlatform { SignedBy = signed ? new BotFrameworkStub() : null };
            return new Door(await RunningDesk.StartAsync(teams), teams);
        }

        public string Hello(Action<JsonObject>? change = null)
        {
            var activity = teams.Activity("wanda", "message", teams.NewId(), teams.ChatOf("wanda"), null);
            activity["text"] = "My laptop does not start.";
            change?.Invoke(activity);
            return activity.ToJsonString();
        }

        /// <summary>The given members on top of an activity that is right.</summary>
        public string Completed(string members)
        {
            var activity = teams.Activity("wanda", "message", teams.NewId(), teams.ChatOf("wanda"), null);
            foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            {
                activity[name] = value?.DeepClone();
            }

            return activity.ToJsonString();
        }

        public async Task<HttpStatusCode> PostAsync(string body, Action<HttpRequestMessage>? change = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.ExpectContinue = body.Length > 100_000;
            change?.Invoke(request);
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await desk.DisposeAsync();
        }
    }
}
