using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Activities we wrote ourselves, and the turns they become.</summary>
public sealed class TranslationTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.UnsignedAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Message_Personal_IsSaidInThatChat()
    {
        var turn = await TurnAsync(_host.Message());

        Assert.Equal(new Place("teams", "a:1mara", null, PlaceKind.Personal) { ServiceUrl = _host.Microsoft.ServiceUrl, Organisation = TeamsHost.Tenant }, turn.Place);
        Assert.Equal(new Sender("29:1mara", "Mara Lind", null, "en-GB", "Europe/London"), turn.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 8, 59, 58, 120, TimeSpan.Zero), turn.At);
        Assert.Equal("teams:a:1mara:message:1485983408511", turn.Key);
        var said = Assert.IsType<Said>(turn.Input);
        Assert.Equal(("the wifi keeps dropping", "1485983408511", true, null), (said.Text, said.PostId, said.Addressed, said.RepliesTo));
    }

    [Theory]
    [InlineData("<at>Desk Bot</at> hello", "hello")]
    [InlineData("<at>Desk Bot</at>&nbsp;the printer &amp; the scanner", "the printer & the scanner")]
    [InlineData("hello <at>Desk Bot</at>", "hello")]
    [InlineData("<at>Desk Bot</at> ask <at>Grace</at> about it", "ask @Grace about it")]
    [InlineData("<at>Desk Bot</at>", "")]
    [InlineData("<at>Desk Bot</at> a &lt;b&gt; c", "a <b> c")]
    [InlineData("<at>Desk Bot</at> line one\r\nline two", "line one\nline two")]
    public async Task Message_InAChannelWithMention_IsAddressedAndWithoutIt(string text, string expected)
    {
        var said = Assert.IsType<Said>((await TurnAsync(InChannel(text, mentioned: true))).Input);

        Assert.Equal((expected, true), (said.Text, said.Addressed));
    }

    [Fact]
    public async Task Message_InAChannelWithoutMention_IsOnlyHeard()
    {
        var turn = await TurnAsync(InChannel("I think it is the access point", mentioned: false));

        Assert.False(Assert.IsType<Said>(turn.Input).Addressed);
        Assert.Equal(("19:network@thread.tacv2", "1700", PlaceKind.Channel), (turn.Place.Conversation, turn.Place.Thread, turn.Place.Kind));
        Assert.Equal("teams:19:network@thread.tacv2:1700", turn.Place.Key);
    }

    [Theory]
    [InlineData("<b>bold</b> *stars* _under_ <script>x</script>")]
    [InlineData("مرحبا שלום \u200b\u202e emoji 🧑‍💻")]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}} <!channel> <@U1|x>")]
    public async Task Message_WithMarkup_StaysAsTyped(string text) =>
        Assert.Equal(text, Assert.IsType<Said>((await TurnAsync(_host.Message(text))).Input).Text);

    [Fact]
    public async Task Message_QuotingAnother_NamesItAndKeepsOnlyTheReply()
    {
        var activity = _host.Message("Desk Bot the access point was replaced it works, thanks");
        activity["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "text/html",
            ["content"] = """
                <div><blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1699"><strong itemprop="mri" itemid="28:x">Desk Bot</strong>
                <p itemprop="preview">the access point was replaced</p></blockquote><p>it works,&nbsp;thanks</p></div>
                """,
        });

        var said = Assert.IsType<Said>((await TurnAsync(activity)).Input);

        Assert.Equal(("it works, thanks", "1699"), (said.Text, said.RepliesTo));
        Assert.Empty(said.Attachments);
    }

    [Fact]
    public async Task Message_ReplyToAPost_NamesIt()
    {
        var activity = _host.Message();
        activity["replyToId"] = "1650";

        Assert.Equal("1650", Assert.IsType<Said>((await TurnAsync(activity)).Input).RepliesTo);
    }

    [Fact]
    public async Task Message_WithPicturesOnly_IsSaidWithAttachments()
    {
        var activity = _host.Message("");
        activity["attachments"] = new JsonArray(
            new JsonObject { ["contentType"] = "image/png", ["contentUrl"] = "https://smba.trafficmanager.net/amer/v3/attachments/1/views/original" },
            new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = new JsonObject() },
            new JsonObject { ["contentType"] = "image/jpeg", ["name"] = "dock.jpg", ["contentUrl"] = "data:image/jpeg;base64,AAAA" });

        var said = Assert.IsType<Said>((await TurnAsync(activity)).Input);

        Assert.Equal(
            [new Attachment("image", "image/png", "https://smba.trafficmanager.net/amer/v3/attachments/1/views/original", null), new Attachment("dock.jpg", "image/jpeg", null, null)],
            said.Attachments);
    }

    [Fact]
    public async Task Message_FromAnotherBot_IsIgnored()
    {
        var activity = _host.Message();
        activity["from"] = new JsonObject { ["id"] = "28:other-bot" };

        await IgnoredAsync(activity);
    }

    [Fact]
    public async Task Message_WithOurButtonsValue_IsPressed()
    {
        var activity = _host.Message("");
        activity["replyToId"] = "1699";
        activity["value"] = new JsonObject { ["action"] = "resolve", ["d.ticket"] = "INC-7", ["text"] = "replaced", ["count"] = 3, ["sure"] = true, ["none"] = null, ["msteams"] = new JsonObject() };

        var pressed = Assert.IsType<Pressed>((await TurnAsync(activity)).Input);

        Assert.Equal(("resolve", "1699"), (pressed.Action, pressed.PostId));
        Assert.Equal(new Dictionary<string, string> { ["ticket"] = "INC-7" }, pressed.Data);
        Assert.Equal(new Dictionary<string, string> { ["text"] = "replaced", ["count"] = "3", ["sure"] = "true", ["none"] = "" }, pressed.Fields);
    }

    [Theory]
    [InlineData("editMessage")]
    [InlineData("undeleteMessage")]
    public async Task MessageUpdate_IsEdited(string eventType)
    {
        var activity = Event("messageUpdate", eventType);
        activity["text"] = "the wifi in hall 2";

        var turn = await TurnAsync(activity);

        Assert.Equal(new Edited("1485983408511", "the wifi in hall 2"), turn.Input);
        Assert.Equal($"teams:a:1mara:messageUpdate:1485983408511:2026-11-20T08:59:58.120Z:{eventType}", turn.Key);
    }

    [Fact]
    public async Task MessageDelete_IsDeleted() =>
        Assert.Equal(new Deleted("1485983408511"), (await TurnAsync(Event("messageDelete", "softDeleteMessage"))).Input);

    [Fact]
    public async Task MessageReaction_AddedAndRemovedAtOnce_AreTwoTurns()
    {
        var activity = Event("messageReaction", null);
        activity["replyToId"] = "1699";
        activity["reactionsAdded"] = new JsonArray(new JsonObject { ["type"] = "like" });
        activity["reactionsRemoved"] = new JsonArray(new JsonObject { ["type"] = "sad" });

        await _host.StatusAsync(activity);

        Assert.Equal([new Reacted("1699", "like", true), new Reacted("1699", "sad", false)], _host.Desk.Turns.Select(turn => turn.Input));
        Assert.Equal(2, _host.Desk.Turns.Select(turn => turn.Key).Distinct().Count());
    }

    [Fact]
    public async Task Install_BothActivitiesInAnyOrder_AreOneArrival()
    {
        await Task.WhenAll(_host.StatusAsync(Installation("add")), _host.StatusAsync(Members("membersAdded", $"28:{TeamsHost.AppId}")));

        _host.Desk.Single<Arrived>();
    }

    [Fact]
    public async Task Install_AgainLater_IsAnotherArrival()
    {
        await _host.StatusAsync(Installation("add"));
        var again = Installation("add");
        again["timestamp"] = "2026-11-20T10:30:00Z";
        await _host.StatusAsync(again);

        Assert.Equal(2, _host.Desk.Turns.Count);
    }

    [Fact]
    public async Task Uninstall_IsDeparted() => Assert.IsType<Departed>((await TurnAsync(Installation("remove"))).Input);

    [Fact]
    public async Task MembersRemoved_TheBot_IsDeparted() => Assert.IsType<Departed>((await TurnAsync(Members("membersRemoved", $"28:{TeamsHost.AppId}"))).Input);

    [Fact]
    public async Task MembersAdded_SomebodyElse_IsIgnored() => await IgnoredAsync(Members("membersAdded", "29:1new"));

    [Fact]
    public async Task Installation_Upgrade_IsIgnored() => await IgnoredAsync(Installation("add-upgrade"));

    private async Task<Turn> TurnAsync(JsonObject activity)
    {
        Assert.Equal(System.Net.HttpStatusCode.OK, await _host.StatusAsync(activity));
        return _host.Desk.Single();
    }

    private async Task IgnoredAsync(JsonObject activity)
    {
        Assert.Equal(System.Net.HttpStatusCode.OK, await _host.StatusAsync(activity));
        Assert.Empty(_host.Desk.Turns);
    }

    private JsonObject InChannel(string text, bool mentioned)
    {
        var activity = _host.Message(text);
        activity["conversation"] = new JsonObject { ["id"] = "19:network@thread.tacv2;messageid=1700", ["conversationType"] = "channel", ["isGroup"] = true, ["tenantId"] = TeamsHost.Tenant };
        activity["entities"] = new JsonArray(Mention("29:1grace", "Grace"));
        if (mentioned)
        {
            activity["entities"]!.AsArray().Add(Mention($"28:{TeamsHost.AppId}", "Desk Bot"));
        }

        return activity;
    }

    private static JsonObject Mention(string id, string name) =>
        new() { ["type"] = "mention", ["text"] = $"<at>{name}</at>", ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = name } };

    private JsonObject Event(string type, string? eventType)
    {
        var activity = _host.Message();
        activity["type"] = type;
        activity.Remove("text");
        activity["channelData"]!["eventType"] = eventType;
        return activity;
    }

    private JsonObject Installation(string action)
    {
        var activity = Event("installationUpdate", null);
        activity["id"] = "f:install";
        activity["action"] = action;
        return activity;
    }

    private JsonObject Members(string member, string id)
    {
        var activity = Event("conversationUpdate", null);
        activity["id"] = "f:members";
        activity["timestamp"] = "2026-11-20T08:59:58.124Z";
        activity[member] = new JsonArray(new JsonObject { ["id"] = "29:1mara" }, new JsonObject { ["id"] = id });
        return activity;
    }
}
