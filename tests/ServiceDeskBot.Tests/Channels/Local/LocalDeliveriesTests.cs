using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Local;

public sealed class LocalDeliveriesTests : IAsyncLifetime
{
    private LocalConsole _console = null!;

    public async ValueTask InitializeAsync() => _console = await LocalConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Said_InAChat_IsATurnOfTheKnownPerson()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = "the wifi is down" });

        var turn = _console.Turns.Last;
        Assert.Equal(new Place("local", "dm:wanda", null, PlaceKind.Personal), turn.Place);
        Assert.Equal(new Sender("wanda", "Wanda Weiss", "wanda@example.com", "en", "Europe/Berlin"), turn.From);
        var said = Assert.IsType<Said>(turn.Input);
        Assert.Equal(("the wifi is down", "said-0001", true), (said.Text, said.PostId, said.Addressed));
    }

    [Fact]
    public async Task Said_BySomebodyNew_HasNoAddress()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "tom", name = "Tom Baker", conversation = "dm:tom", text = "hello" });

        Assert.Equal(new Sender("tom", "Tom Baker"), _console.Turns.Last.From);
    }

    [Fact]
    public async Task Said_UnderAKnownAccountWithAnotherName_KeepsTheKnownName()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", name = "Somebody else", conversation = "dm:wanda", text = "hello" });

        Assert.Equal("Wanda Weiss", _console.Turns.Last.From.Name);
    }

    [Theory]
    [InlineData("network status please", false, "network status please")]
    [InlineData("@desk bind network", true, "bind network")]
    [InlineData("hey @Desk, where is this bound?", true, "hey where is this bound?")]
    [InlineData("mail me@desk about it", false, "mail me@desk about it")]
    public async Task Said_InAChannel_AddressesTheDeskOnlyByName(string text, bool addressed, string words)
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "ada", conversation = "network", text });

        var said = Assert.IsType<Said>(_console.Turns.Last.Input);
        Assert.Equal((words, addressed), (said.Text, said.Addressed));
        Assert.Equal(text, (await _console.PostsAsync("network")).Single().GetProperty("text").GetString());
    }

    [Fact]
    public async Task Said_InAThread_CarriesThreadQuoteAndFiles()
    {
        var root = await _console.HangUpAsync("network", "INC-1042");

        await _console.DeliverAsync("said", new
        {
            id = "said-0001",
            @as = "ada",
            conversation = "network",
            thread = root,
            text = "see the log",
            repliesTo = root,
            attachments = new[] { new { name = "switch.log", contentType = "text/plain", bytes = 2048 } },
        });

        Assert.Equal(new Place("local", "network", root, PlaceKind.Channel), _console.Turns.Last.Place);
        var said = Assert.IsType<Said>(_console.Turns.Last.Input);
        Assert.Equal(root, said.RepliesTo);
        Assert.Equal(new Attachment("switch.log", "text/plain", null, 2048), Assert.Single(said.Attachments));
    }

    [Fact]
    public async Task Said_PostedTwiceAtOnce_IsOneTurnAndOnePost()
    {
        var body = new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = "the wifi is down" };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _console.DeliverAsync("said", body)));

        Assert.Single(_console.Turns.Accepted);
        Assert.Single(await _console.PostsAsync("dm:wanda"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script> & \"quotes\"")]
    [InlineData("‮right to left‬ \u200b zero width 🙂 \u0001 control")]
    [InlineData("*bold* _slack_ <at>adaptive</at> [link](https://example.com)")]
    public async Task Said_WithMarkup_IsKeptAsTyped(string text)
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text });

        Assert.Equal(text, Assert.IsType<Said>(_console.Turns.Last.Input).Text);
        Assert.Equal(text, (await _console.PostsAsync("dm:wanda")).Single().GetProperty("text").GetString());
    }

    [Fact]
    public async Task Said_WithAPassword_IsShownAndKeptMasked()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = "cannot log in, my password is hunter2" });

        Assert.DoesNotContain("hunter2", (await _console.PostsAsync("dm:wanda")).Single().GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Said_Of40000Characters_IsTaken()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = new string('x', 40_000) });

        Assert.Equal(40_000, Assert.IsType<Said>(_console.Turns.Last.Input).Text.Length);
    }

    [Fact]
    public async Task Said_WhileTheStoreIsDown_IsUnavailableAndWorksUnderTheSameIdLater()
    {
        var body = new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = "the wifi is down" };
        _console.Turns.IsDown = true;
        using var refused = await _console.PostAsync("said", body);
        _console.Turns.IsDown = false;

        await _console.DeliverAsync("said", body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Single(_console.Turns.Accepted);
        Assert.Single(await _console.PostsAsync("dm:wanda"));
    }

    [Fact]
    public async Task Pressed_OnAChannelPost_BelongsToItsThread()
    {
        var card = await _console.HangUpAsync("network", "INC-1042");

        await _console.DeliverAsync("pressed", new { id = "press-001", @as = "ada", conversation = "network", postId = card, action = "claim", data = new { ticket = "INC-1042" }, fields = new { } });

        Assert.Equal(new Place("local", "network", card, PlaceKind.Channel), _console.Turns.Last.Place);
        var pressed = Assert.IsType<Pressed>(_console.Turns.Last.Input);
        Assert.Equal(("claim", card, "INC-1042"), (pressed.Action, pressed.PostId, pressed.Data["ticket"]));
    }

    [Fact]
    public async Task Pressed_AnsweredWithACard_ReplacesThePressedOneForEverybody()
    {
        var card = await _console.HangUpAsync("dm:wanda", "Is this right?");
        _console.Turns.Answering = _ => new ShowCard(Card.Of("Logged as INC-1042."));

        var reply = await _console.DeliverAsync("pressed", new { id = "press-001", @as = "wanda", conversation = "dm:wanda", postId = card, action = "confirm" });

        Assert.Equal("card", reply.GetProperty("answer").GetString());
        Assert.Contains("Logged as INC-1042.", (await _console.PostsAsync("dm:wanda")).Single().GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressed_DeliveredAgainAfterTheCardMovedOn_LeavesTheNewCard()
    {
        var card = await _console.HangUpAsync("dm:wanda", "Is this right?");
        _console.Turns.Answering = _ => new ShowCard(Card.Of("Logged as INC-1042."));
        var press = new { id = "press-001", @as = "wanda", conversation = "dm:wanda", postId = card, action = "confirm" };
        await _console.DeliverAsync("pressed", press);
        await _console.Outlet.UpdateAsync(new Place("local", "dm:wanda", null, PlaceKind.Personal), card, Card.Of("Ada has it."), LocalConsole.Reader, CancellationToken.None);

        await _console.DeliverAsync("pressed", press);

        Assert.Contains("Ada has it.", (await _console.PostsAsync("dm:wanda")).Single().GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressed_AnsweredForThePresserOnly_LeavesTheCard()
    {
        var card = await _console.HangUpAsync("network", "INC-1042");
        _console.Turns.Answering = _ => new Tell(Card.Of("Grace took this 3 seconds ago."));

        var reply = await _console.DeliverAsync("pressed", new { id = "press-001", @as = "ada", conversation = "network", postId = card, action = "claim" });

        Assert.Equal("tell", reply.GetProperty("answer").GetString());
        Assert.Contains("Grace took this", reply.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("INC-1042", Assert.Single(await _console.PostsAsync("network")).GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressed_AnsweredWithFaults_KeepsWhatWasTyped()
    {
        var form = new Form("resolve", "Resolve", "Resolve", [new InputPart("text", "What was done", InputKind.LongText, Required: true)], new Dictionary<string, string> { ["ticket"] = "INC-1042" });
        _console.Turns.Answering = _ => new FieldErrors(form, new Dictionary<string, Phrase> { ["text"] = "Please say more." });

        var reply = await _console.DeliverAsync("pressed", new { id = "press-001", @as = "ada", conversation = "network", action = "resolve", fields = new { text = "typed before" } });

        Assert.Equal("errors", reply.GetProperty("answer").GetString());
        var html = reply.GetProperty("html").GetString();
        Assert.Contains("Please say more.", html, StringComparison.Ordinal);
        Assert.Contains("typed before", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edited_OwnPost_ChangesItAndIsATurn()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = "teh wifi" });

        await _console.DeliverAsync("edited", new { id = "edit-0001", @as = "wanda", postId = "said-0001", text = "the wifi" });

        Assert.Equal(new Edited("said-0001", "the wifi"), _console.Turns.Last.Input);
        var post = (await _console.PostsAsync("dm:wanda")).Single();
        Assert.Equal("the wifi", post.GetProperty("text").GetString());
        Assert.NotEqual(JsonValueKind.Null, post.GetProperty("editedAt").ValueKind);
    }

    [Fact]
    public async Task Deleted_OwnPost_ForgetsItsWordsAndIsATurn()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "wanda", conversation = "dm:wanda", text = "not this" });

        await _console.DeliverAsync("deleted", new { id = "gone-0001", @as = "wanda", postId = "said-0001" });

        Assert.Equal(new Deleted("said-0001"), _console.Turns.Last.Input);
        var post = (await _console.PostsAsync("dm:wanda")).Single();
        Assert.True(post.GetProperty("isDeleted").GetBoolean());
        Assert.Equal("", post.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Pressed_WithNullForDataAndFields_HasNone()
    {
        await _console.DeliverAsync("pressed", new { id = "press-001", @as = "ada", conversation = "network", action = "claim", data = (object?)null, fields = (object?)null });

        var pressed = Assert.IsType<Pressed>(_console.Turns.Last.Input);
        Assert.Empty(pressed.Data);
        Assert.Empty(pressed.Fields);
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("deleted")]
    public async Task Change_OfSomebodyElsesPost_IsRefused(string kind)
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "ada", conversation = "network", text = "mine" });

        using var response = await _console.PostAsync(kind, new { id = "edit-0001", @as = "wanda", postId = "said-0001", text = "yours" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(_console.Turns.Accepted);
    }

    [Fact]
    public async Task Arrived_FromTwoTabs_IsOneTurn()
    {
        await _console.DeliverAsync("arrived", new { id = "arrive-01", @as = "wanda" });
        await _console.DeliverAsync("arrived", new { id = "arrive-02", @as = "wanda" });

        Assert.IsType<Arrived>(Assert.Single(_console.Turns.Accepted).Input);
    }

    [Theory]
    [InlineData("said", "")]
    [InlineData("said", "null")]
    [InlineData("said", "[]")]
    [InlineData("said", "{")]
    [InlineData("said", "\"text\"")]
    [InlineData("said", "{}")]
    [InlineData("said", """{ "id": 7, "as": "wanda", "conversation": "dm:wanda", "text": "x" }""")]
    [InlineData("said", """{ "id": null, "as": "wanda", "conversation": "dm:wanda", "text": "x" }""")]
    [InlineData("said", """{ "id": "short", "as": "wanda", "conversation": "dm:wanda", "text": "x" }""")]
    [InlineData("said", """{ "id": "said-0001\n", "as": "wanda", "conversation": "dm:wanda", "text": "x" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "Wanda W", "conversation": "dm:wanda", "text": "x" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "stranger", "conversation": "dm:stranger", "text": "x" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:ada", "text": "x" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "nowhere", "text": "x" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:wanda", "text": "  " }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:wanda", "text": "\ud800" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "network", "text": "x", "thread": "none" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:wanda", "text": "x", "repliesTo": "none" }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:wanda", "text": "x", "attachments": [null] }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:wanda", "text": "x", "attachments": {} }""")]
    [InlineData("said", """{ "id": "said-0001", "as": "wanda", "conversation": "dm:wanda", "text": "x", "attachments": [{ "name": "a", "bytes": -1 }] }""")]
    [InlineData("pressed", """{ "id": "press-001", "as": "ada", "conversation": "network" }""")]
    [InlineData("pressed", """{ "id": "press-001", "as": "ada", "conversation": "network", "action": "" }""")]
    [InlineData("pressed", """{ "id": "press-001", "as": "ada", "conversation": "network", "action": "claim", "postId": "none" }""")]
    [InlineData("pressed", """{ "id": "press-001", "as": "ada", "conversation": "network", "action": "claim", "data": { "ticket": null } }""")]
    [InlineData("pressed", """{ "id": "press-001", "as": "ada", "conversation": "network", "action": "claim", "data": { "ticket": 7 } }""")]
    [InlineData("pressed", """{ "id": "press-001", "as": "ada", "conversation": "network", "action": "claim", "fields": "text" }""")]
    [InlineData("edited", """{ "id": "edit-0001", "as": "wanda", "postId": "none", "text": "x" }""")]
    [InlineData("deleted", """{ "id": "gone-0001", "as": "wanda" }""")]
    [InlineData("arrived", """{ "id": "arrive-01" }""")]
    public async Task Post_Malformed_IsABadRequestWithASentence(string kind, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        using var response = await _console.Browser.PostAsync($"/local/{kind}", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var told = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(string.IsNullOrWhiteSpace(told.GetProperty("error").GetString()));
        Assert.Empty(_console.Turns.Accepted);
    }
}
