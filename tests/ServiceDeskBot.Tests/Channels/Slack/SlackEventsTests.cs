using System.Net;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackEventsTests : IAsyncLifetime
{
    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Message_InChannel_HeardButNotAddressed()
    {
        var turn = await TakenAsync(SlackPayloads.ChannelPost);

        Assert.Equal("slack:T0DESK:C0NET:1763629923.000100", turn.Key);
        Assert.Equal(new Place("slack", "C0NET", null, PlaceKind.Channel) { Organisation = "T0DESK" }, turn.Place);
        Assert.Equal(new DateTimeOffset(2025, 11, 20, 9, 12, 3, TimeSpan.Zero).AddTicks(1000), turn.At);
        var said = Assert.IsType<Said>(turn.Input);
        Assert.Equal(("the wifi is down", "1763629923.000100", false), (said.Text, said.PostId, said.Addressed));
    }

    [Fact]
    public async Task Message_InPersonalChat_AddressedWithoutThread()
    {
        var turn = await TakenAsync(With(SlackPayloads.DirectPost, "\"thread_ts\":\"1763629900.000100\""));

        Assert.Equal(("D0MARA", null, PlaceKind.Personal), (turn.Place.Conversation, turn.Place.Thread, turn.Place.Kind));
        var said = Assert.IsType<Said>(turn.Input);
        Assert.True(said.Addressed);
        Assert.Equal("1763629900.000100", said.RepliesTo);
    }

    [Fact]
    public async Task Message_InGroupChat_AddressedOnlyWhenNamed()
    {
        var post = SlackPayloads.ChannelPost.Replace("\"channel\",", "\"mpim\",", StringComparison.Ordinal);

        var turn = await TakenAsync(post);

        Assert.Equal(PlaceKind.Group, turn.Place.Kind);
        Assert.False(Assert.IsType<Said>(turn.Input).Addressed);
    }

    [Theory]
    [InlineData("1763629800.000100", "1763629800.000100")]
    [InlineData("1763629923.000100", null)]
    public async Task Message_WithThread_RootHasNone(string threadTs, string? thread) =>
        Assert.Equal(thread, (await TakenAsync(With(SlackPayloads.ChannelPost, $"\"thread_ts\":\"{threadTs}\""))).Place.Thread);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mention_AndItsMessageTwin_OneAddressedTurnWhicheverComesFirst(bool mentionFirst)
    {
        string[] twins = [SlackPayloads.Mention, SlackPayloads.AddressedPost];
        foreach (var (i, twin) in (mentionFirst ? twins : twins.Reverse()).Index())
        {
            await _desk.EventAsync(twin, $"Ev{i}").IsAsync(HttpStatusCode.OK);
        }

        var said = Assert.IsType<Said>(_desk.Turns.Only.Input);
        Assert.Equal(("the wifi is down", true), (said.Text, said.Addressed));
        Assert.Equal(new Place("slack", "C0NET", null, PlaceKind.Channel) { Organisation = "T0DESK" }, _desk.Turns.Only.Place);
    }

    [Fact]
    public async Task Mention_WithFileAndItsFileShareTwin_OneTurnWithTheFile()
    {
        const string Files = """ "files":[{"id":"F1","name":"trace.txt","mimetype":"text/plain","size":14,"permalink":"https://desk.slack.test/files/F1","url_private":"https://files.slack.test/F1"}] """;

        await _desk.EventAsync(With(SlackPayloads.AddressedPost, "\"subtype\":\"file_share\"," + Files), "Ev1").IsAsync(HttpStatusCode.OK);
        await _desk.EventAsync(With(SlackPayloads.Mention, Files), "Ev2").IsAsync(HttpStatusCode.OK);

        var said = Assert.IsType<Said>(_desk.Turns.Only.Input);
        Assert.Equal(new Attachment("trace.txt", "text/plain", "https://desk.slack.test/files/F1", 14), Assert.Single(said.Attachments));
    }

    [Fact]
    public async Task Mention_BotNotNamedByDelivery_KnownFromSlack()
    {
        await _desk.Slack.CalledAsync("auth.test");
        var body = SlackPayloads.Envelope(SlackPayloads.AddressedPost, "Ev1").Replace("\"is_bot\":true", "\"is_bot\":false", StringComparison.Ordinal);

        await _desk.PostAsync("events", body, SlackDesk.Json).IsAsync(HttpStatusCode.OK);

        Assert.True(Assert.IsType<Said>(_desk.Turns.Only.Input).Addressed);
    }

    [Fact]
    public async Task Message_BroadcastReply_ReachesItsThreadOnce()
    {
        var reply = With(SlackPayloads.ChannelPost, "\"thread_ts\":\"1763629800.000100\"");

        await _desk.EventAsync(With(reply, "\"subtype\":\"thread_broadcast\""), "Ev1").IsAsync(HttpStatusCode.OK);
        await _desk.EventAsync(reply, "Ev2").IsAsync(HttpStatusCode.OK);

        Assert.Equal("1763629800.000100", _desk.Turns.Only.Place.Thread);
    }

    [Theory]
    [InlineData("", "the printer is out of toner")]
    [InlineData("please look", "please look\nthe printer is out of toner")]
    public async Task Message_Forwarding_CarriesTheForwardedWords(string own, string expected)
    {
        const string Forwarded = """ "attachments":[{"is_share":true,"author_name":"Omar","text":"the printer is out of toner"},{"text":"an unfurled page"}] """;

        var turn = await TakenAsync(With(SlackPayloads.DirectPost.Replace("my laptop is slow", own, StringComparison.Ordinal), Forwarded));

        Assert.Equal(expected, Assert.IsType<Said>(turn.Input).Text);
    }

    [Theory]
    [InlineData("\"bot_id\":\"B0OTHER\"")]
    [InlineData("\"subtype\":\"bot_message\"")]
    [InlineData("\"subtype\":\"channel_join\"")]
    [InlineData("\"subtype\":\"channel_topic\"")]
    [InlineData("\"subtype\":\"pinned_item\"")]
    [InlineData("\"hidden\":true")]
    [InlineData("\"user\":\"U0BOT\"")]
    [InlineData("\"user\":\"USLACKBOT\"")]
    public async Task Message_NotAPersonsWords_Ignored(string member)
    {
        foreach (var post in new[] { SlackPayloads.ChannelPost, SlackPayloads.Mention, SlackPayloads.DirectPost })
        {
            // A mention has no subtype.
            if (post != SlackPayloads.Mention || !member.Contains("subtype", StringComparison.Ordinal))
            {
                await _desk.EventAsync(With(post.Replace(member[..member.IndexOf(':', StringComparison.Ordinal)] + ":\"U0MARA\"", "\"x\":1", StringComparison.Ordinal), member)).IsAsync(HttpStatusCode.OK);
            }
        }

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Fact]
    public async Task Changed_OtherWords_EditedUnderTheEditsOwnKey()
    {
        const string Change = """
            {"type":"message","subtype":"message_changed","hidden":true,"channel":"C0NET","channel_type":"channel","ts":"1763629960.000200","event_ts":"1763629960.000200",
            "message":{"type":"message","user":"U0MARA","text":"the wifi &amp; the LAN are down","edited":{"user":"U0MARA","ts":"1763629960.000000"},"ts":"1763629923.000100","thread_ts":"1763629800.000100"},
            "previous_message":{"type":"message","user":"U0MARA","text":"the wifi is down","ts":"1763629923.000100"} }
            """;

        var turn = await TakenAsync(Change);

        Assert.Equal("slack:T0DESK:C0NET:1763629923.000100:edited:1763629960.000000", turn.Key);
        Assert.Equal(new Edited("1763629923.000100", "the wifi & the LAN are down"), turn.Input);
        Assert.Equal(("U0MARA", "1763629800.000100"), (turn.From.Account, turn.Place.Thread));
    }

    [Theory]
    [InlineData("""{"user":"U0MARA","text":"see https://x.test","attachments":[{"title":"X"}],"ts":"1.1"}""", """{"user":"U0MARA","text":"see https://x.test","ts":"1.1"}""")]
    [InlineData("""{"user":"U0BOT","bot_id":"B0BOT","text":"claimed","ts":"1.1"}""", """{"user":"U0BOT","bot_id":"B0BOT","text":"open","ts":"1.1"}""")]
    public async Task Changed_UnfurledOrByTheBot_Ignored(string message, string before)
    {
        await _desk.EventAsync($$"""{"type":"message","subtype":"message_changed","channel":"C0NET","channel_type":"channel","ts":"1.2","message":{{message}},"previous_message":{{before}} }""").IsAsync(HttpStatusCode.OK);

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Theory]
    [InlineData("""{"type":"message","subtype":"message_deleted","channel":"D0MARA","channel_type":"im","deleted_ts":"1763629923.000200","ts":"1763629970.1","previous_message":{"user":"U0MARA","text":"x","ts":"1763629923.000200"} }""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"D0MARA","channel_type":"im","ts":"1763629970.1","message":{"subtype":"tombstone","user":"USLACKBOT","ts":"1763629923.000200"},"previous_message":{"user":"U0MARA","text":"x","ts":"1763629923.000200"} }""")]
    public async Task Deleted_PlainOrWithReplies_Deleted(string inner)
    {
        var turn = await TakenAsync(inner);

        Assert.Equal("slack:T0DESK:D0MARA:1763629923.000200:deleted", turn.Key);
        Assert.Equal(new Deleted("1763629923.000200"), turn.Input);
        Assert.Equal("U0MARA", turn.From.Account);
    }

    [Theory]
    [InlineData("reaction_added", true)]
    [InlineData("reaction_removed", false)]
    public async Task Reaction_ToTheBotsMessage_Reacted(string type, bool added)
    {
        var turn = await TakenAsync($$"""{"type":"{{type}}","user":"U0MARA","reaction":"+1::skin-tone-3","item_user":"U0BOT","item":{"type":"message","channel":"C0NET","ts":"1763629950.000100"},"event_ts":"1763629980.1"}""");

        Assert.Equal(new Reacted("1763629950.000100", "+1", added), turn.Input);
        Assert.Equal("slack:T0DESK:event:Ev1", turn.Key);
    }

    [Fact]
    public async Task Reaction_ToSomebodyElsesMessage_Ignored()
    {
        await _desk.EventAsync("""{"type":"reaction_added","user":"U0MARA","reaction":"tada","item_user":"U0ADA","item":{"type":"message","channel":"C0NET","ts":"1.1"} }""").IsAsync(HttpStatusCode.OK);

        Assert.Empty(_desk.Turns.Accepted);
    }

    [Fact]
    public async Task HomeOpened_Twice_ArrivedOnce()
    {
        const string Opened = """{"type":"app_home_opened","user":"U0MARA","channel":"D0MARA","tab":"messages","event_ts":"1763629980.1"}""";

        await _desk.EventAsync(Opened, "Ev1").IsAsync(HttpStatusCode.OK);
        await _desk.EventAsync(Opened, "Ev2").IsAsync(HttpStatusCode.OK);

        Assert.IsType<Arrived>(_desk.Turns.Only.Input);
        Assert.Equal(("D0MARA", PlaceKind.Personal), (_desk.Turns.Only.Place.Conversation, _desk.Turns.Only.Place.Kind));
    }

    [Fact]
    public async Task HomeOpened_WithoutPersonalChannel_OpensIt() =>
        Assert.Equal("D0U0MARA", (await TakenAsync("""{"type":"app_home_opened","user":"U0MARA","channel":"C0X","tab":"home"}""")).Place.Conversation);

    [Fact]
    public async Task Joined_TheBotItself_ArrivedFromWhoInvited()
    {
        var turn = await TakenAsync("""{"type":"member_joined_channel","user":"U0BOT","channel":"C0NET","channel_type":"C","team":"T0DESK","inviter":"U0ADA"}""");

        Assert.IsType<Arrived>(turn.Input);
        Assert.Equal(("C0NET", PlaceKind.Channel, "U0ADA"), (turn.Place.Conversation, turn.Place.Kind, turn.From.Account));
    }

    [Theory]
    [InlineData("""{"type":"member_left_channel","user":"U0BOT","channel":"C0NET","channel_type":"C"}""")]
    [InlineData("""{"type":"group_left","channel":"C0NET"}""")]
    [InlineData("""{"type":"app_uninstalled"}""")]
    [InlineData("""{"type":"tokens_revoked","tokens":{"oauth":[],"bot":["U0BOT"]} }""")]
    public async Task Left_TheBotItself_Departed(string inner) => Assert.IsType<Departed>((await TakenAsync(inner)).Input);

    [Theory]
    [InlineData("""{"type":"member_joined_channel","user":"U0MARA","channel":"C0NET"}""")]
    [InlineData("""{"type":"member_left_channel","user":"U0MARA","channel":"C0NET"}""")]
    [InlineData("""{"type":"tokens_revoked","tokens":{"oauth":["U0MARA"],"bot":[]} }""")]
    public async Task Membership_OfSomebodyElse_Ignored(string inner)
    {
        await _desk.EventAsync(inner).IsAsync(HttpStatusCode.OK);

        Assert.Empty(_desk.Turns.Accepted);
    }

    private async Task<Turn> TakenAsync(string inner)
    {
        await _desk.EventAsync(inner).IsAsync(HttpStatusCode.OK);
        return _desk.Turns.Only;
    }

    private static string With(string json, string members) => json[..^1] + "," + members + "}";
}
