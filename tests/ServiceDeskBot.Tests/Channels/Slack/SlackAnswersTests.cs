using System.Net;
using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackAnswersTests : IAsyncLifetime
{
    private const string Press = """{"a":"resolve","ticket":"INC-7"}""";
    private const string Origin = """{"ticket":"INC-7","@":{"channel":"C0NET","kind":"Channel","thread":null,"post":"1763629950.000100"} }""";

    private static readonly Card Word = Card.Of("Ada took this 3 seconds ago");
    private static readonly Form Resolve = new("resolve", "Resolve INC-7", "Send", [new InputPart("text", "What was done?", InputKind.LongText, Required: true)], new Dictionary<string, string> { ["ticket"] = "INC-7" });

    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Press_Tell_WhisperedWhereItWasPressed()
    {
        Answer(new Tell(Word));

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);

        var call = await _desk.Slack.CalledAsync("chat.postEphemeral");
        Assert.Equal(("C0NET", "U0ADA", "Ada took this 3 seconds ago"), (call.Text("channel"), call.Text("user"), call.Text("text")));
    }

    [Fact]
    public async Task Press_TellInPersonalChat_Posted()
    {
        Answer(new Tell(Word));

        await _desk.InteractAsync(SlackPayloads.Press(Press, channel: "D0ADA")).IsAsync(HttpStatusCode.OK);

        Assert.Equal("D0ADA", (await _desk.Slack.CalledAsync("chat.postMessage")).Text("channel"));
    }

    [Fact]
    public async Task Press_WhisperRefused_SaidInTheOwnChat()
    {
        Answer(new Tell(Word));
        _desk.Slack.Fail("chat.postEphemeral", "user_not_in_channel");

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);

        Assert.Equal("D0U0ADA", (await _desk.Slack.CalledAsync("chat.postMessage")).Text("channel"));
    }

    [Fact]
    public async Task Press_WhisperRateLimited_AskedAgain()
    {
        Answer(new Tell(Word));
        var attempts = 0;
        _desk.Slack.Replies["chat.postEphemeral"] = _ => Interlocked.Increment(ref attempts) == 1
            ? new SlackStubReply("""{"ok":false,"error":"ratelimited"}""", HttpStatusCode.TooManyRequests, "0")
            : new SlackStubReply("""{"ok":true,"message_ts":"1.1"}""");

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);

        await _desk.Slack.CalledAsync("chat.postEphemeral", 2);
    }

    [Fact]
    public async Task Press_ShowCard_ReplacesThePressedMessage()
    {
        Answer(new ShowCard(Word));

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);

        var call = await _desk.Slack.CalledAsync("chat.update");
        Assert.Equal(("C0NET", "1763629950.000100"), (call.Text("channel"), call.Text("ts")));
    }

    [Fact]
    public async Task Press_ShowCardOnVanishedMessage_Whispered()
    {
        Answer(new ShowCard(Word));
        _desk.Slack.Fail("chat.update", "message_not_found");

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);

        await _desk.Slack.CalledAsync("chat.postEphemeral");
    }

    [Fact]
    public async Task Press_ShowCardOnEphemeral_ReplacedThroughItsOwnUrlWithoutToken()
    {
        Answer(new ShowCard(Word));
        var press = SlackPayloads.Press(Press)
            .Replace("\"is_ephemeral\":false", "\"is_ephemeral\":true", StringComparison.Ordinal)
            .Replace("https://hooks.slack.test/actions/1", new Uri(_desk.Slack.Address, "hook").ToString(), StringComparison.Ordinal);

        await _desk.InteractAsync(press).IsAsync(HttpStatusCode.OK);

        var call = await _desk.Slack.CalledAsync("hook");
        Assert.True(call.Body.GetProperty("replace_original").GetBoolean());
        Assert.Empty(call.Authorization);
    }

    [Fact]
    public async Task Press_ShowForm_OpensModalThatKnowsItsOrigin()
    {
        Answer(new ShowForm(Resolve));

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);

        var call = await _desk.Slack.CalledAsync("views.open");
        Assert.Equal("13.37.trigger", call.Text("trigger_id"));
        var view = call.Body.GetProperty("view");
        Assert.Equal(("resolve", "text"), (view.GetProperty("callback_id").GetString(), view.GetProperty("blocks")[0].GetProperty("block_id").GetString()));

        // And back again: what Slack returns with the submission leads to the pressed card.
        _desk.Turns.Answering = _ => Task.FromResult<Answer>(Core.Conversations.Answer.None);
        await _desk.InteractAsync(SlackPayloads.Submission(view.GetProperty("private_metadata").GetString()!)).IsAsync(HttpStatusCode.OK);
        var submitted = _desk.Turns.Accepted[^1];
        var pressed = Assert.IsType<Pressed>(submitted.Input);
        Assert.Equal(("C0NET", "1763629950.000100", "INC-7"), (submitted.Place.Conversation, pressed.PostId, pressed.Data["ticket"]));
    }

    [Theory]
    [InlineData("expired_trigger_id")]
    [InlineData("exchanged_trigger_id")]
    [InlineData("internal_error")]
    public async Task Press_FormNotOpened_OfferedAgainByAButtonThatDoesTheSame(string error)
    {
        Answer(new ShowForm(Resolve));
        _desk.Slack.Fail("views.open", error);

        await _desk.InteractAsync(SlackPayloads.Press(Press).Replace("\"note\":{\"note\":{\"type\":\"plain_text_input\",\"value\":\"seen it too\"} },", "", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        var call = await _desk.Slack.CalledAsync("chat.postEphemeral");
        var button = call.Body.GetProperty("blocks")[1].GetProperty("elements")[0];
        Assert.Equal("Open the form", button.GetProperty("text").GetProperty("text").GetString());
        Assert.Equal(Press, button.GetProperty("value").GetString());
    }

    [Fact]
    public async Task Shortcut_FormNotOpened_FormPostedItself()
    {
        Answer(new ShowForm(Resolve));
        _desk.Slack.Fail("views.open", "expired_trigger_id");

        await _desk.InteractAsync(SlackPayloads.Shortcut).IsAsync(HttpStatusCode.OK);

        var blocks = (await _desk.Slack.CalledAsync("chat.postEphemeral")).Body.GetProperty("blocks");
        Assert.Contains(blocks.EnumerateArray(), block => block.TryGetProperty("block_id", out var id) && id.GetString() == "text");
    }

    [Fact]
    public async Task Press_Twice_AnsweredOnce()
    {
        Answer(new ShowForm(Resolve));

        await _desk.InteractAsync(SlackPayloads.Press(Press)).IsAsync(HttpStatusCode.OK);
        await _desk.Slack.CalledAsync("views.open");
        await _desk.InteractAsync(SlackPayloads.Press(Press).Replace("13.37.trigger", "again", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);
        await _desk.InteractAsync(SlackPayloads.Press(Press, actionTs: "1763629992.1").Replace("13.37.trigger", "another", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        Assert.Equal("another", (await _desk.Slack.CalledAsync("views.open", 2)).Text("trigger_id"));
    }

    [Fact]
    public async Task PressInModal_ShowForm_UpdatesThatModal()
    {
        Answer(new ShowForm(Resolve));

        await _desk.InteractAsync($$"""
            {"type":"block_actions","user":{"id":"U0ADA"},"team":{"id":"T0DESK"},"trigger_id":"1.2.x","container":{"type":"view","view_id":"V0FORM"},"view":{"id":"V0FORM","private_metadata":"","state":{"values":{} } },
            "actions":[{"type":"button","action_id":"change:0","block_id":"b","action_ts":"1763629990.1","value":{{JsonSerializer.Serialize(Press)}} }]}
            """).IsAsync(HttpStatusCode.OK);

        Assert.Equal("V0FORM", (await _desk.Slack.CalledAsync("views.update")).Text("view_id"));
    }

    [Fact]
    public async Task Submission_FieldErrors_ShownInTheModalEachTimeTheSame()
    {
        Answer(new FieldErrors(Resolve, new Dictionary<string, Phrase> { ["text"] = "Please say what was done.", ["elsewhere"] = "x" }) { Language = "en" });

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var body = JsonElement.Parse(await _desk.InteractAsync(SlackPayloads.Submission(Origin)).IsAsync(HttpStatusCode.OK));
            Assert.Equal("errors", body.GetProperty("response_action").GetString());
            Assert.NotEmpty(body.GetProperty("errors").GetProperty("text").GetString()!);
            Assert.Single(body.GetProperty("errors").EnumerateObject());
        }
    }

    [Fact]
    public async Task Submission_ShowForm_UpdatesTheModal()
    {
        Answer(new ShowForm(Resolve));

        var body = JsonElement.Parse(await _desk.InteractAsync(SlackPayloads.Submission(Origin)).IsAsync(HttpStatusCode.OK));

        Assert.Equal("update", body.GetProperty("response_action").GetString());
        Assert.Equal("resolve", body.GetProperty("view").GetProperty("callback_id").GetString());
    }

    [Fact]
    public async Task Submission_Tell_ClosesAndWhispersAtTheCard()
    {
        Answer(new Tell(Word));

        Assert.Empty(await _desk.InteractAsync(SlackPayloads.Submission(Origin)).IsAsync(HttpStatusCode.OK));

        Assert.Equal("C0NET", (await _desk.Slack.CalledAsync("chat.postEphemeral")).Text("channel"));
    }

    [Fact]
    public async Task Submission_ShowCard_ReplacesTheCardItCameFrom()
    {
        Answer(new ShowCard(Word));

        Assert.Empty(await _desk.InteractAsync(SlackPayloads.Submission(Origin)).IsAsync(HttpStatusCode.OK));

        Assert.Equal("1763629950.000100", (await _desk.Slack.CalledAsync("chat.update")).Text("ts"));
    }

    [Fact]
    public async Task Submission_DecidedTooLate_ClosesAndAsksAgainWithWhatWasTyped()
    {
        var late = new TaskCompletionSource<Answer>();
        _desk.Turns.Answering = _ => late.Task;

        Assert.Empty(await _desk.InteractAsync(SlackPayloads.Submission(Origin)).IsAsync(HttpStatusCode.OK));
        late.SetResult(new FieldErrors(Resolve, new Dictionary<string, Phrase> { ["text"] = "Please say more." }));

        var sent = (await _desk.Slack.CalledAsync("chat.postEphemeral")).Body.GetProperty("blocks").ToString();
        Assert.Contains("Please say more.", sent, StringComparison.Ordinal);
        Assert.Contains("access point replaced", sent, StringComparison.Ordinal);
    }

    private void Answer(Answer answer) => _desk.Turns.Answering = _ => Task.FromResult(answer);
}
