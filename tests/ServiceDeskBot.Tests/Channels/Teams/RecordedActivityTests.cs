using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Recorded and documented activities, as they are, posted to the running host.</summary>
public sealed class RecordedActivityTests : IAsyncLifetime
{
    private const string Fixtures = "fixtures/teams";

    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.UnsignedAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>File, status, and what reaches the desk (<c>-</c> for nothing).</summary>
    public static TheoryData<string, int, string> Recorded => new()
    {
        { "act-conversationUpdate-channelCreated.json", 200, "-" },
        { "act-conversationUpdate-channelRenamed.json", 200, "-" },
        { "act-conversationUpdate-membersAdded-channel.json", 200, nameof(Arrived) },
        { "act-conversationUpdate-membersAdded-groupChat.json", 200, nameof(Arrived) },
        { "act-conversationUpdate-membersAdded-personal.json", 200, nameof(Arrived) },
        { "act-conversationUpdate-membersRemoved-channel.json", 200, "-" },
        { "act-conversationUpdate-webchat.json", 200, nameof(Arrived) },
        { "act-installationUpdate-add-channel.json", 200, nameof(Arrived) },
        { "act-installationUpdate-add-groupChat.json", 200, nameof(Arrived) },
        { "act-installationUpdate-add-personal.json", 200, nameof(Arrived) },
        { "act-invoke-adaptiveCard-action-channel.json", 200, nameof(Pressed) },
        { "act-invoke-adaptiveCard-action-personal.json", 200, nameof(Pressed) },
        { "act-invoke-composeExtension-fetchTask-compose.json", 501, "-" },
        { "act-invoke-composeExtension-fetchTask-message.json", 200, "-" },
        { "act-invoke-composeExtension-query.json", 501, "-" },
        { "act-invoke-composeExtension-queryLink.json", 501, "-" },
        { "act-invoke-task-fetch.json", 501, "-" },
        { "act-message-channel-mention-newpost.json", 200, nameof(Said) },
        { "act-message-channel-thread-reply-mention.json", 200, nameof(Said) },
        { "act-message-directline.json", 200, nameof(Said) },
        { "act-message-groupChat-mention.json", 200, nameof(Said) },
        { "act-message-personal.json", 200, nameof(Said) },
        { "act-message-submit-value-personal.json", 200, "-" },
        { "act-message-webchat.json", 200, nameof(Said) },
        { "docs-conversationUpdate-channelDeleted.json", 200, "-" },
        { "docs-conversationUpdate-teamArchived.json", 200, "-" },
        { "docs-conversationUpdate-teamMemberAdded-bot.json", 200, nameof(Arrived) },
        { "docs-conversationUpdate-teamMemberRemoved.json", 200, "-" },
        { "docs-invoke-fetchTask-channel-reply-messagePayload.json", 200, "-" },
        { "docs-invoke-fetchTask-meeting.json", 501, "-" },
        { "docs-invoke-fileConsent-accept.json", 501, "-" },
        { "docs-message-file-download-info.json", 200, nameof(Said) },
        { "docs-message-personal-richtext.json", 200, nameof(Said) },
        { "docs-messageReaction-added.json", 200, nameof(Reacted) },
        { "docs-messageReaction-removed.json", 200, nameof(Reacted) },
        { "made-event-handoff-initiate.json", 200, "-" },
        { "made-event-handoff-status.json", 200, "-" },
        { "made-invoke-task-fetch-from-card.json", 501, "-" },
        { "made-invoke-task-submit.json", 501, "-" },
        { "real-invoke-adaptiveCard-action.json", 200, "-" },
        { "real-invoke-signin-tokenExchange.json", 501, "-" },
        { "real-invoke-signin-verifyState.json", 501, "-" },
        { "sample-message-all-props.json", 200, nameof(Said) },
        { "sample-message-directline-unknown-props.json", 200, nameof(Said) },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Post_Recorded_AnsweredAsTheProtocolExpects(string file, int status, string input)
    {
        using var response = await _host.PostAsync(SharedFiles.ReadOrSkip(Fixtures, file));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(input, _host.Desk.Turns.Count == 0 ? "-" : _host.Desk.Single().Input.GetType().Name);
    }

    [Fact]
    public void Recorded_AllThatTheBotCouldReceive_AreListed()
    {
        var folder = SharedFiles.Folder(Fixtures);
        Assert.SkipWhen(folder is null, "../shared/fixtures/teams or DESK_SHARED");

        var inbound = Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileName).OfType<string>()
            .Where(name => (name.Split('-')[0] is "act" or "real" or "docs" or "made" or "sample") && !name.Contains("-outgoing-", StringComparison.Ordinal) && !name.StartsWith("made-conn-", StringComparison.Ordinal));
        Assert.Equal(inbound.Order(StringComparer.Ordinal), Recorded.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Post_RecordedInstallPair_IsOneArrival()
    {
        var pair = new[] { "act-installationUpdate-add-personal.json", "act-conversationUpdate-membersAdded-personal.json" }.Select(file => SharedFiles.ReadOrSkip(Fixtures, file)).ToList();

        await Task.WhenAll(pair.Select(async activity => (await _host.PostAsync(activity)).Dispose()));

        _host.Desk.Single<Arrived>();
    }

    [Fact]
    public async Task Post_RecordedChannelMention_IsWordsInAThread()
    {
        (await _host.PostAsync(SharedFiles.ReadOrSkip(Fixtures, "act-message-channel-mention-newpost.json"))).Dispose();

        var said = _host.Desk.Single<Said>();
        Assert.Equal(("probe", true), (said.Text, said.Addressed));
        Assert.Equal(("19:general@thread.tacv2", "1795221898724", PlaceKind.Channel), (_host.Desk.Single().Place.Conversation, _host.Desk.Single().Place.Thread, _host.Desk.Single().Place.Kind));
    }

    [Fact]
    public async Task Post_RecordedFile_IsALinkPeopleMayFollow()
    {
        (await _host.PostAsync(SharedFiles.ReadOrSkip(Fixtures, "docs-message-file-download-info.json"))).Dispose();

        var file = Assert.Single(_host.Desk.Single<Said>().Attachments);
        Assert.Equal(new Attachment("file_example.txt", "text/plain", "https://contoso.sharepoint.com/personal/johnadams_contoso_com/Documents/Applications/file_example.txt", null), file);
    }

    [Fact]
    public async Task Post_RecordedMessageAction_OpensADialogWithItsWords()
    {
        using var response = await _host.PostAsync(SharedFiles.ReadOrSkip(Fixtures, "docs-invoke-fetchTask-channel-reply-messagePayload.json"));

        var dialog = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["task"]!["value"]!;
        Assert.Equal("Create ticket", (string?)dialog["title"]);
        Assert.Contains("Testing outgoing Webhook-Nikitha - Hi", dialog["card"]!.ToJsonString(), StringComparison.Ordinal);
    }
}
