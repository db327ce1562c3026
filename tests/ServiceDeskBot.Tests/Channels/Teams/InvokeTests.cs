using System.Net;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Buttons and dialogs, answered in the response.</summary>
public sealed class InvokeTests : IAsyncLifetime
{
    private const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";
    private const string Message = "application/vnd.microsoft.activity.message";

    private static readonly Form Resolve = new(
        "resolve",
        "Resolve INC-7",
        "Resolve",
        [new InputPart("text", "What was done?", InputKind.LongText, Required: true)],
        new Dictionary<string, string> { ["ticket"] = "INC-7" });

    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.UnsignedAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Press_Claim_ReachesTheDeskAndSaysDone()
    {
        var answer = await PressAsync(new Nothing());

        Assert.Equal((200, Message, "Done."), Read(answer));
        var pressed = _host.Desk.Single<Pressed>();
        Assert.Equal(("claim", "INC-7", "1700"), (pressed.Action, pressed.Data["ticket"], pressed.PostId));
        Assert.Equal("teams:19:network@thread.tacv2;messageid=1700:invoke:f:17b96347", _host.Desk.Single().Key);
    }

    [Fact]
    public async Task Press_AnsweredWithCard_ReplacesIt()
    {
        var answer = await PressAsync(new ShowCard(Card.Of("Ada has it")));

        Assert.Equal(AdaptiveCard, (string?)answer["type"]);
        Assert.Contains("Ada has it", answer["value"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_AnsweredWithForm_ShowsTheForm()
    {
        var answer = await PressAsync(new ShowForm(Resolve));

        Assert.Equal(AdaptiveCard, (string?)answer["type"]);
        Assert.Contains("\"id\":\"text\"", answer["value"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_AnsweredWithFaults_ShowsThemAndKeepsWhatWasTyped()
    {
        _host.Desk.Answer = _ => new FieldErrors(Resolve, new Dictionary<string, Phrase> { ["text"] = "A few more words, please." });

        var answer = await _host.InvokeAsync(_host.Press("resolve", new JsonObject { ["d.ticket"] = "INC-7", ["text"] = "ok" }));

        var card = answer["value"]!.ToJsonString();
        Assert.Contains("A few more words, please.", card, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"ok\"", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_ToldASentence_IsANotice() =>
        Assert.Equal((200, Message, "Ada took this 3 seconds ago."), Read(await PressAsync(new Tell(Card.Of("Ada took this 3 seconds ago.")))));

    [Fact]
    public async Task Press_ToldMoreThanASentence_GetsItInTheirOwnChat()
    {
        var answer = await PressAsync(new Tell(Choices()));

        Assert.Equal((200, Message, "Ada took this 3 seconds ago. More in our chat."), Read(answer));
        Assert.Equal(["v3/conversations", "v3/conversations/a%3Aopened/activities"], _host.Microsoft.Calls.Select(call => call.Path));
        Assert.Contains("Join Ada", _host.Microsoft.Calls.Last().Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_ToldMoreTwice_IsPostedOnce()
    {
        await PressAsync(new Tell(Choices()));
        await PressAsync(new Tell(Choices()));

        Assert.Equal(2, _host.Microsoft.Calls.Count);
    }

    [Fact]
    public async Task Press_ToldMoreButNoChatCanBeOpened_GetsItInPlaceOfTheCard()
    {
        _host.Microsoft.Connector = _ => new Reply(403, """{"error":{"code":"BotNotInConversationRoster","message":"…"}}""");

        var answer = await PressAsync(new Tell(Choices()));

        Assert.Equal(AdaptiveCard, (string?)answer["type"]);
        Assert.Contains("Join Ada", answer["value"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_DeskTakesItsTime_SaysSo()
    {
        _host.Desk.IsStuck = true;
        var pending = _host.InvokeAsync(_host.Press("claim", new JsonObject { ["d.ticket"] = "INC-7" }));
        await _host.TimerAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.StartsWith("Got it.", Read(await pending).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Press_NotOurs_IsABadRequestInside()
    {
        var answer = await _host.InvokeAsync(_host.Press("", new JsonObject { ["feedback"] = "x" }));

        Assert.Equal((400, "application/vnd.microsoft.error"), ((int)answer["statusCode"]!, (string)answer["type"]!));
        Assert.Empty(_host.Desk.Turns);
    }

    [Fact]
    public async Task Press_GermanReader_IsToldInGerman() =>
        Assert.Equal("Erledigt.", Read(await PressAsync(new Nothing { Language = "de" })).Text);

    [Fact]
    public async Task Submit_AnsweredWithFormInAChannel_IsPostedToTheirOwnChat()
    {
        _host.Desk.Answer = _ => new ShowForm(Resolve);
        var submit = _host.Press("", []);
        submit["type"] = "message";
        submit["value"] = new JsonObject { ["action"] = "resolve", ["d.ticket"] = "INC-7" };

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(submit));

        Assert.Equal("29:1mara", (string?)_host.Microsoft.Calls.First().Body!["members"]![0]!["id"]);
        var form = _host.Microsoft.Calls.Last().Body!.ToJsonString();
        Assert.Contains("\"id\":\"text\"", form, StringComparison.Ordinal);
        Assert.Contains("\"d.ticket\":\"INC-7\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_Twice_IsAnsweredOnce()
    {
        _host.Desk.Answer = _ => new Tell(Card.Of("You have no right to do this."));
        var submit = _host.Message("");
        submit["value"] = new JsonObject { ["action"] = "claim", ["d.ticket"] = "INC-7" };

        await _host.StatusAsync(submit);
        await _host.StatusAsync(submit);

        Assert.Equal("You have no right to do this.", (string?)Assert.Single(_host.Microsoft.Calls).Body!["text"]);
    }

    [Theory]
    [InlineData("composeExtension/query")]
    [InlineData("composeExtension/submitAction")]
    [InlineData("task/fetch")]
    [InlineData("signin/verifyState")]
    [InlineData("somethingNew")]
    public async Task Invoke_NobodyHandles_NotImplemented(string name)
    {
        var invoke = _host.Press("x", []);
        invoke["name"] = name;

        Assert.Equal(HttpStatusCode.NotImplemented, await _host.StatusAsync(invoke));
    }

    [Fact]
    public async Task CreateTicket_FromAColleaguesMessage_ReachesTheDeskWithItsAuthor()
    {
        _host.Microsoft.Connector = call => call.Path.EndsWith("/members/aad-grace", StringComparison.Ordinal)
            ? new Reply(200, $$"""{"id":"29:1grace","name":"Grace","email":"grace@example.com","tenantId":"{{TeamsHost.Tenant}}","userRole":"user"}""")
            : StubMicrosoft.Accepting(call);
        var open = MessageAction("composeExtension/fetchTask");

        var dialog = (await _host.InvokeAsync(open))["task"]!["value"]!;
        var submit = FirstSubmit(dialog["card"]!["content"]!);
        var sent = MessageAction("composeExtension/submitAction");
        sent["value"]!.AsObject().Remove("messagePayload");
        sent["value"]!["data"] = submit;
        submit["text"] = "the printer on floor 3 jams";
        var answer = await _host.InvokeAsync(sent);

        Assert.Equal(new TicketFromMessage("the printer on floor 3 jams", "1650", new Sender("29:1grace", "Grace", "grace@example.com")), _host.Desk.Single().Input);
        Assert.Equal("message", (string?)answer["task"]!["type"]);
    }

    [Theory]
    [InlineData("0a0a0a0a-0000-0000-0000-000000000001")]
    [InlineData("29:1mara")]
    public async Task CreateTicket_FromOwnMessage_HasOneselfAsAuthor(string author)
    {
        var sent = MessageAction("composeExtension/submitAction");
        sent["value"]!["messagePayload"]!["from"]!["user"]!["id"] = author;
        sent["value"]!["data"] = new JsonObject { ["action"] = "create-ticket", ["text"] = "the printer jams" };

        await _host.InvokeAsync(sent);

        Assert.Equal(new TicketFromMessage("the printer jams", "1650", new Sender("29:1mara", "Mara Lind")), _host.Desk.Single().Input);
        Assert.Empty(_host.Microsoft.Calls);
    }

    [Fact]
    public async Task CreateTicket_FromAStrangersMessage_HasNoAuthor()
    {
        var sent = MessageAction("composeExtension/submitAction");
        sent["value"]!["data"] = new JsonObject { ["action"] = "create-ticket", ["text"] = "the printer jams" };

        await _host.InvokeAsync(sent);

        Assert.Equal(new TicketFromMessage("the printer jams", "1650", null), _host.Desk.Single().Input);
    }

    [Fact]
    public async Task CreateTicket_WithoutWords_AsksAgain()
    {
        var sent = MessageAction("composeExtension/submitAction");
        sent["value"]!["data"] = new JsonObject { ["action"] = "create-ticket", ["text"] = "  " };

        var answer = await _host.InvokeAsync(sent);

        Assert.Contains("in a few words", answer["task"]!["value"]!["card"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(_host.Desk.Turns);
    }

    [Fact]
    public async Task CreateTicket_DialogsButton_IsSubmitNotExecute()
    {
        var dialog = (await _host.InvokeAsync(MessageAction("composeExtension/fetchTask")))["task"]!["value"]!["card"]!.ToJsonString();

        Assert.Contains("Action.Submit", dialog, StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Execute", dialog, StringComparison.Ordinal);
        Assert.Contains("the printer jams\\nagain", dialog, StringComparison.Ordinal);
    }

    private async Task<JsonNode> PressAsync(Answer answer)
    {
        _host.Desk.Answer = _ => answer;
        return await _host.InvokeAsync(_host.Press("claim", new JsonObject { ["d.ticket"] = "INC-7" }));
    }

    private static (int Status, string? Type, string? Text) Read(JsonNode answer) => ((int)answer["statusCode"]!, (string?)answer["type"], (string?)answer["value"]);

    private static Card Choices() => new(
        [new TextPart("Ada took this 3 seconds ago.")],
        [new Button("Join Ada", "join", new Dictionary<string, string> { ["ticket"] = "INC-7" }), new Button("Next unclaimed", "next", new Dictionary<string, string>())]);

    private JsonObject MessageAction(string name)
    {
        var invoke = _host.Press("", []);
        invoke["name"] = name;
        invoke["value"] = new JsonObject
        {
            ["commandId"] = "createTicket",
            ["commandContext"] = "message",
            ["messagePayload"] = new JsonObject
            {
                ["id"] = "1650",
                ["from"] = new JsonObject { ["user"] = new JsonObject { ["id"] = "aad-grace", ["displayName"] = "Grace" } },
                ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<div><p>the printer jams</p>\n<p>again</p></div>" },
            },
        };
        return invoke;
    }

    private static JsonObject FirstSubmit(JsonNode card) => card["actions"]![0]!["data"]!.DeepClone().AsObject();
}
