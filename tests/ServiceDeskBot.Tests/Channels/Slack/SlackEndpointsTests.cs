using System.Globalization;
using System.Net;
using System.Text;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackEndpointsTests : IAsyncLifetime
{
    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Events_UrlVerification_AnswersChallenge() =>
        Assert.Equal("3eZbrw1a<b>", await _desk.PostAsync("events", """{"type":"url_verification","challenge":"3eZbrw1a<b>","token":"x"}""", SlackDesk.Json).IsAsync(HttpStatusCode.OK));

    [Theory]
    [InlineData("""{"type":"app_rate_limited","team_id":"T0DESK","minute_rate_limited":1763629920}""")]
    [InlineData("""{"type":"something_of_next_year"}""")]
    [InlineData("""{"type":"event_callback","team_id":"T0DESK","event":{"type":"emoji_changed"}}""")]
    [InlineData("""{"type":"event_callback","event":{"type":"message"}}""")]
    [InlineData("""{"type":"event_callback","event":{"type":"message","user":7,"channel":[],"ts":null,"text":{}}}""")]
    [InlineData("""{"type":"event_callback","event":{"type":"reaction_added","item":"nothing"}}""")]
    public async Task Events_NothingForTheDesk_Acknowledged(string body)
    {
        Assert.Empty(await _desk.PostAsync("events", body, SlackDesk.Json).IsAsync(HttpStatusCode.OK));

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Theory]
    [InlineData("events", "")]
    [InlineData("events", "{")]
    [InlineData("events", "null")]
    [InlineData("events", "[]")]
    [InlineData("events", "\"event_callback\"")]
    [InlineData("events", "{}")]
    [InlineData("events", """{"type":5}""")]
    [InlineData("events", """{"type":"event_callback"}""")]
    [InlineData("events", """{"type":"event_callback","event":"message"}""")]
    [InlineData("events", """{"type":"event_callback","event":{"type":"message","user":"U1","channel":"C1","ts":"1.2","text":"half a pair \ud83d"}}""")]
    [InlineData("events", """{"type":"url_verification"}""")]
    [InlineData("interactivity", "")]
    [InlineData("interactivity", "payload")]
    [InlineData("interactivity", "payload=%7B")]
    [InlineData("interactivity", "payload=null")]
    [InlineData("interactivity", "payload=%5B%5D")]
    [InlineData("interactivity", "payload=%7B%22type%22%3A1%7D")]
    [InlineData("interactivity", "payload=%GG")]
    [InlineData("interactivity", "other=1")]
    [InlineData("commands", "")]
    [InlineData("commands", "%%%=%%%&&&==")]
    [InlineData("commands", "command=%2Fdesk&text=hi")]
    [InlineData("commands", "user_id=&channel_id=C1&command=%2Fdesk&trigger_id=1")]
    public async Task Endpoint_Unreadable_BadRequest(string endpoint, string body)
    {
        await _desk.PostAsync(endpoint, body, endpoint == "events" ? SlackDesk.Json : SlackDesk.Form).IsAsync(HttpStatusCode.BadRequest);

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Fact]
    public async Task Events_DeeplyNested_BadRequest() =>
        await _desk.PostAsync("events", string.Concat(Enumerable.Repeat("""{"event":""", 5000)), SlackDesk.Json).IsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Events_BrokenUtf8_BadRequest()
    {
        var body = Encoding.UTF8.GetBytes(SlackPayloads.Envelope(SlackPayloads.ChannelPost, "Ev1"));
        body[body.AsSpan().IndexOf("wifi"u8)] = 0xFF;

        await _desk.PostAsync("events", body, SlackDesk.Json, Seconds(0), null).IsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("interactivity")]
    [InlineData("commands")]
    public async Task Endpoint_TenMegabytes_TooLarge(string endpoint)
    {
        await _desk.PostAsync(endpoint, new byte[10 * 1024 * 1024], SlackDesk.Json, Seconds(0), null).IsAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Theory]
    [InlineData(256 * 1024, HttpStatusCode.OK)]
    [InlineData((256 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Events_AtTheLimit_TakenUpToIt(int length, HttpStatusCode expected)
    {
        var body = SlackPayloads.Envelope(SlackPayloads.ChannelPost, "Ev1").PadRight(length);

        await _desk.PostAsync("events", body, SlackDesk.Json).IsAsync(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task Events_SignedWithinFiveMinutes_Accepted(int offset) =>
        await _desk.PostAsync("events", Body, SlackDesk.Json, Seconds(offset), null).IsAsync(HttpStatusCode.OK);

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(360)]
    [InlineData(-360)]
    public async Task Events_SignedMoreThanFiveMinutesOff_Unauthorized(int offset)
    {
        await _desk.PostAsync("events", Body, SlackDesk.Json, Seconds(offset), null).IsAsync(HttpStatusCode.Unauthorized);

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1763629923.5")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    public async Task Events_NoTimestampOrAnotherThing_Unauthorized(string? timestamp) =>
        await _desk.PostAsync("events", Body, SlackDesk.Json, timestamp, null).IsAsync(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("")]
    [InlineData("v0=")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v1=a2114d57")]
    [InlineData("nonsense")]
    public async Task Endpoints_WrongSignature_Unauthorized(string signature)
    {
        foreach (var endpoint in new[] { "events", "interactivity", "commands" })
        {
            await _desk.PostAsync(endpoint, Body, SlackDesk.Json, Seconds(0), signature).IsAsync(HttpStatusCode.Unauthorized);
        }

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Fact]
    public async Task Events_BodyChangedAfterSigning_Unauthorized()
    {
        var signature = ServiceDeskBot.Channels.Slack.SlackSignature.Sign(Body, Seconds(0), SlackDesk.Secret);

        await _desk.PostAsync("events", [.. Body, (byte)' '], SlackDesk.Json, Seconds(0), signature).IsAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Endpoints_WorkNeverEnds_AcknowledgedAllTheSame()
    {
        var never = new TaskCompletionSource<Answer>();
        _desk.Turns.Answering = _ => never.Task;

        Assert.Empty(await _desk.EventAsync(SlackPayloads.ChannelPost).IsAsync(HttpStatusCode.OK));
        Assert.Empty(await _desk.InteractAsync(SlackPayloads.Press("""{"a":"claim"}""")).IsAsync(HttpStatusCode.OK));
        Assert.Empty(await _desk.InteractAsync(SlackPayloads.Shortcut).IsAsync(HttpStatusCode.OK));
        Assert.Empty(await _desk.CommandAsync("help").IsAsync(HttpStatusCode.OK));
        Assert.Empty(await _desk.InteractAsync(SlackPayloads.Submission("{}")).IsAsync(HttpStatusCode.OK));

        Assert.Equal(5, _desk.Turns.Accepted.Count);
    }

    [Fact]
    public async Task Endpoints_StoreDown_AskedToDeliverAgain()
    {
        _desk.Turns.IsDown = true;

        await _desk.EventAsync(SlackPayloads.ChannelPost).IsAsync(HttpStatusCode.ServiceUnavailable);
        await _desk.InteractAsync(SlackPayloads.Press("""{"a":"claim"}""")).IsAsync(HttpStatusCode.ServiceUnavailable);
        await _desk.CommandAsync("help").IsAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Endpoints_EverythingTwiceAtTheSameMoment_TakenOnce()
    {
        Func<Task<HttpResponseMessage>>[] deliveries =
        [
            () => _desk.EventAsync(SlackPayloads.DirectPost),
            () => _desk.InteractAsync(SlackPayloads.Press("""{"a":"claim"}""")),
            () => _desk.InteractAsync(SlackPayloads.Submission("{}")),
            () => _desk.InteractAsync(SlackPayloads.Shortcut),
            () => _desk.CommandAsync("help"),
        ];

        await Task.WhenAll(deliveries.Concat(deliveries).Select(deliver => deliver().IsAsync(HttpStatusCode.OK)));

        Assert.Equal(5, _desk.Turns.Accepted.Count);
    }

    [Fact]
    public async Task Interactivity_BlockSuggestion_AnswersNoOptions()
    {
        var body = await _desk.InteractAsync("""{"type":"block_suggestion","user":{"id":"U1"},"value":"a"}""").IsAsync(HttpStatusCode.OK);

        Assert.Equal("""{"options":[]}""", body);
    }

    [Theory]
    [InlineData("""{"type":"view_closed","view":{"id":"V1","callback_id":"resolve"},"user":{"id":"U1"}}""")]
    [InlineData("""{"type":"message_action","callback_id":"another-apps","user":{"id":"U1"},"channel":{"id":"C1"},"message":{"ts":"1.2"}}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","action_id":"a","value":"clicked"}],"container":{"message_ts":"1.2","channel_id":"C1"}}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"actions":"none"}""")]
    [InlineData("""{"type":"block_actions"}""")]
    [InlineData("""{"type":"view_submission"}""")]
    [InlineData("""{"type":"workflow_step_edit"}""")]
    public async Task Interactivity_NothingForTheDesk_Acknowledged(string payload)
    {
        Assert.Empty(await _desk.InteractAsync(payload).IsAsync(HttpStatusCode.OK));

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Fact]
    public async Task Events_FortyThousandCharacters_TakenWhole()
    {
        var text = new string('ä', 40_000);

        await _desk.EventAsync(SlackPayloads.DirectPost.Replace("my laptop is slow", text, StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        Assert.Equal(text, Assert.IsType<Said>(_desk.Turns.Only.Input).Text);
    }

    private static byte[] Body => Encoding.UTF8.GetBytes(SlackPayloads.Envelope(SlackPayloads.ChannelPost, "Ev1"));

    private string Seconds(int offset) => (_desk.Clock.Now.ToUnixTimeSeconds() + offset).ToString(CultureInfo.InvariantCulture);
}
