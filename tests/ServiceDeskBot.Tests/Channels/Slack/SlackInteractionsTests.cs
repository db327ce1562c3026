using System.Net;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackInteractionsTests : IAsyncLifetime
{
    private const string Origin = """{"ticket":"INC-7","@":{"channel":"C0NET","kind":"Channel","thread":"1763629900.000100","post":"1763629950.000100"} }""";

    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Press_Button_CarriesActionDataFieldsAndPost()
    {
        await _desk.InteractAsync(SlackPayloads.Press("""{"a":"claim","ticket":"INC-7"}""")).IsAsync(HttpStatusCode.OK);

        var turn = _desk.Turns.Only;
        var pressed = Assert.IsType<Pressed>(turn.Input);
        Assert.Equal("claim", pressed.Action);
        Assert.Equal(new Dictionary<string, string> { ["ticket"] = "INC-7" }, pressed.Data);
        Assert.Equal(new Dictionary<string, string> { ["note"] = "seen it too" }, pressed.Fields);
        Assert.Equal("1763629950.000100", pressed.PostId);
        Assert.Equal(new Place("slack", "C0NET", null, PlaceKind.Channel) { Organisation = "T0DESK" }, turn.Place);
        Assert.Equal(("U0ADA", "13.37.trigger"), (turn.From.Account, turn.Trigger));
        Assert.Equal("slack:T0DESK:press:U0ADA:C0NET:1763629950.000100:claim:1:1763629990.1", turn.Key);
    }

    [Fact]
    public async Task Press_EntryOfMore_SameAsButton()
    {
        var payload = SlackPayloads.Press("unused")
            .Replace("\"value\":\"unused\"", """ "selected_option":{"value":"{\"a\":\"merge\",\"ticket\":\"INC-7\"}"} """, StringComparison.Ordinal)
            .Replace("\"type\":\"button\"", "\"type\":\"static_select\"", StringComparison.Ordinal);

        await _desk.InteractAsync(payload).IsAsync(HttpStatusCode.OK);

        Assert.Equal("merge", Assert.IsType<Pressed>(_desk.Turns.Only.Input).Action);
    }

    [Fact]
    public async Task Press_TwoPeopleOrTwoMoments_TwoTurns()
    {
        var press = SlackPayloads.Press("""{"a":"claim"}""");

        await _desk.InteractAsync(press).IsAsync(HttpStatusCode.OK);
        await _desk.InteractAsync(press.Replace("U0ADA", "U0GRACE", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);
        await _desk.InteractAsync(SlackPayloads.Press("""{"a":"claim"}""", actionTs: "1763629991.2")).IsAsync(HttpStatusCode.OK);

        Assert.Equal(3, _desk.Turns.Accepted.Count);
    }

    [Fact]
    public async Task Press_InPersonalChat_PersonalPlace()
    {
        await _desk.InteractAsync(SlackPayloads.Press("""{"a":"confirm"}""", channel: "D0ADA")).IsAsync(HttpStatusCode.OK);

        Assert.Equal((PlaceKind.Personal, "D0ADA"), (_desk.Turns.Only.Place.Kind, _desk.Turns.Only.Place.Conversation));
    }

    [Fact]
    public async Task Press_OnCardInThread_KeepsThread()
    {
        var press = SlackPayloads.Press("""{"a":"claim"}""").Replace("\"is_ephemeral\"", "\"thread_ts\":\"1763629900.000100\",\"is_ephemeral\"", StringComparison.Ordinal);

        await _desk.InteractAsync(press).IsAsync(HttpStatusCode.OK);

        Assert.Equal("1763629900.000100", _desk.Turns.Only.Place.Thread);
    }

    [Fact]
    public async Task Press_OnEphemeral_HasNoPost()
    {
        await _desk.InteractAsync(SlackPayloads.Press("""{"a":"claim"}""").Replace("\"is_ephemeral\":false", "\"is_ephemeral\":true", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        Assert.Null(Assert.IsType<Pressed>(_desk.Turns.Only.Input).PostId);
    }

    [Fact]
    public async Task Submission_FromCard_KnowsWhereItsModalWasOpened()
    {
        await _desk.InteractAsync(SlackPayloads.Submission(Origin)).IsAsync(HttpStatusCode.OK);

        var turn = _desk.Turns.Only;
        var pressed = Assert.IsType<Pressed>(turn.Input);
        Assert.Equal(("resolve", "1763629950.000100"), (pressed.Action, pressed.PostId));
        Assert.Equal(new Dictionary<string, string> { ["ticket"] = "INC-7" }, pressed.Data);
        Assert.Equal(new Dictionary<string, string> { ["text"] = "access point replaced" }, pressed.Fields);
        Assert.Equal(new Place("slack", "C0NET", "1763629900.000100", PlaceKind.Channel) { Organisation = "T0DESK" }, turn.Place);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"ticket":"INC-7"}""")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"@":{"channel":5} }""")]
    [InlineData("""{"@":{"channel":"C0NET","kind":"Moon"} }""")]
    public async Task Submission_WithoutOrigin_PersonalPlace(string metadata)
    {
        await _desk.InteractAsync(SlackPayloads.Submission(metadata)).IsAsync(HttpStatusCode.OK);

        Assert.Equal(("D0U0ADA", PlaceKind.Personal), (_desk.Turns.Only.Place.Conversation, _desk.Turns.Only.Place.Kind));
    }

    [Fact]
    public async Task Submission_AgainWithOtherWords_IsAnotherTurnAlthoughTheHashIsTheSame()
    {
        await _desk.InteractAsync(SlackPayloads.Submission(Origin, "")).IsAsync(HttpStatusCode.OK);
        await _desk.InteractAsync(SlackPayloads.Submission(Origin, "replaced")).IsAsync(HttpStatusCode.OK);
        await _desk.InteractAsync(SlackPayloads.Submission(Origin, "replaced")).IsAsync(HttpStatusCode.OK);

        Assert.Equal(2, _desk.Turns.Accepted.Count);
    }

    [Fact]
    public async Task Fields_EveryKindOfInput_ReadAsText()
    {
        const string Values = """
            "date":{"date":{"type":"datepicker","selected_date":"2026-11-21"} },"size":{"size":{"type":"static_select","selected_option":{"value":"large"} } },
            "count":{"count":{"type":"number_input","value":"3"} },"who":{"who":{"type":"users_select","selected_user":"U0MARA"} },
            "many":{"many":{"type":"checkboxes","selected_options":[{"value":"a"},{"value":"b"}]} },"none":{"none":{"type":"static_select","selected_option":null} },"odd":7,
            """;

        await _desk.InteractAsync(SlackPayloads.Submission("{}").Replace("\"values\":{", "\"values\":{" + Values, StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        var fields = Assert.IsType<Pressed>(_desk.Turns.Only.Input).Fields;
        Assert.Equal(
            new Dictionary<string, string> { ["date"] = "2026-11-21", ["size"] = "large", ["count"] = "3", ["who"] = "U0MARA", ["many"] = "a, b", ["text"] = "access point replaced" },
            fields);
    }

    [Fact]
    public async Task Shortcut_CreateTicket_PicksMessageWithItsAuthor()
    {
        await _desk.InteractAsync(SlackPayloads.Shortcut).IsAsync(HttpStatusCode.OK);

        var picked = Assert.IsType<TicketFromMessage>(_desk.Turns.Only.Input);
        Assert.Equal(("the wifi is down & out", "1763629923.000100"), (picked.Text, picked.PostId));
        Assert.Equal(("U0MARA", "Mara Klein", "mara@example.com"), (picked.Author?.Account, picked.Author?.Name, picked.Author?.Email));
        Assert.Equal(("U0ADA", "C0NET"), (_desk.Turns.Only.From.Account, _desk.Turns.Only.Place.Conversation));
    }

    [Fact]
    public async Task Shortcut_InAChatOfTwoOthers_AnsweredInTheOwnChat()
    {
        await _desk.InteractAsync(SlackPayloads.Shortcut.Replace("C0NET", "D0OTHERS", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        Assert.Equal("D0U0ADA", _desk.Turns.Only.Place.Conversation);
    }

    [Fact]
    public async Task Shortcut_OnABotsMessage_HasNoAuthor()
    {
        await _desk.InteractAsync(SlackPayloads.Shortcut.Replace("\"message\":{", "\"message\":{\"bot_id\":\"B1\",", StringComparison.Ordinal)).IsAsync(HttpStatusCode.OK);

        Assert.Null(Assert.IsType<TicketFromMessage>(_desk.Turns.Only.Input).Author);
    }

    [Fact]
    public async Task Shortcut_Global_AsksForHelpInTheOwnChat()
    {
        await _desk.InteractAsync("""{"type":"shortcut","callback_id":"ask","trigger_id":"1.2.x","action_ts":"1763629995.5","team":{"id":"T0DESK"},"user":{"id":"U0MARA","username":"mara"} }""").IsAsync(HttpStatusCode.OK);

        Assert.Equal("help", Assert.IsType<Said>(_desk.Turns.Only.Input).Text);
        Assert.Equal("D0U0MARA", _desk.Turns.Only.Place.Conversation);
    }

    [Theory]
    [InlineData("the wifi is down", "the wifi is down", "D0U0MARA")]
    [InlineData("  ", "help", "D0U0MARA")]
    [InlineData("where is my laptop", "where is my laptop", "D0U0MARA")]
    [InlineData("R&amp;D &lt;b&gt;", "R&D <b>", "D0U0MARA")]
    [InlineData("bind network", "bind network", "C0NET")]
    [InlineData("Where", "Where", "C0NET")]
    [InlineData("unbind", "unbind", "C0NET")]
    public async Task Command_Text_SaidInTheOwnChatUnlessAboutTheChannel(string text, string said, string conversation)
    {
        await _desk.CommandAsync(text).IsAsync(HttpStatusCode.OK);

        var input = Assert.IsType<Said>(_desk.Turns.Only.Input);
        Assert.Equal((said, true), (input.Text, input.Addressed));
        Assert.Equal(conversation, _desk.Turns.Only.Place.Conversation);
        Assert.Equal("slack:T0DESK:command:1.2.abc", _desk.Turns.Only.Key);
    }

    [Fact]
    public async Task Command_SlackSilent_AcceptedForAConversationToBeOpenedLater()
    {
        _desk.Slack.Replies["conversations.open"] = _ => new SlackStubReply("") { Hangs = true };
        _desk.Slack.Replies["users.info"] = _ => new SlackStubReply("") { Hangs = true };

        await _desk.CommandAsync("help").IsAsync(HttpStatusCode.OK);

        Assert.Equal("@U0MARA", _desk.Turns.Only.Place.Conversation);
        Assert.Equal(new Sender("U0MARA", "mara"), _desk.Turns.Only.From);
    }
}
