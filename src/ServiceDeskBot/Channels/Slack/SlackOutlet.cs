using System.Text.Json.Nodes;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>The way out to Slack: cards as messages, and Slack's refusals as the desk's.</summary>
public sealed partial class SlackOutlet(SlackApi api, SlackDirectMessages directMessages, BlockKitRenderer renderer, ILogger<SlackOutlet> logger) : IOutlet
{
    public string Channel => SlackChannel.Name;

    public async Task<SendResult> PostAsync(Place to, Card card, Reader reader, CancellationToken cancellationToken)
    {
        if (to.Conversation.StartsWith('@'))
        {
            var (conversation, opening) = await directMessages.OpenAsync(to.Conversation[1..], cancellationToken);
            if (conversation is null)
            {
                return SlackFailures.Judge(opening);
            }

            to = to with { Conversation = conversation, Kind = PlaceKind.Personal };
        }

        var body = Message(to, renderer.Render(card, reader));
        var reply = await SayAsync("chat.postMessage", body, cancellationToken);
        return !reply.Ok ? SlackFailures.Judge(reply)
            : reply.Body.Text("ts") is not { } ts ? new SendResult.Refused("chat.postMessage gave no ts")
            : new SendResult.Sent(ts, to with { Conversation = reply.Body.Text("channel") ?? to.Conversation });
    }

    public async Task<SendResult> UpdateAsync(Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken)
    {
        var body = Message(at with { Thread = null }, renderer.Render(card, reader));
        body["ts"] = postId;
        var reply = await SayAsync("chat.update", body, cancellationToken);
        return reply.Ok ? new SendResult.Sent(postId, at) : SlackFailures.Judge(reply);
    }

    /// <summary>Says something that only one person in a shared place sees; it is not kept by Slack.</summary>
    public async Task<SendResult> WhisperAsync(Place place, string account, Card card, Reader reader, CancellationToken cancellationToken)
    {
        var body = Message(place, renderer.Render(card, reader));
        body["user"] = account;
        var reply = await SayAsync("chat.postEphemeral", body, cancellationToken);
        return reply.Ok ? new SendResult.Sent(reply.Body.Text("message_ts") ?? "", place) : SlackFailures.Judge(reply);
    }

    /// <summary>The blocks are a rendering; the words are what matters. When Slack will not have the blocks, the words go alone.</summary>
    private async Task<SlackReply> SayAsync(string method, JsonObject body, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync(method, body, cancellationToken);
        if (reply.Error is not ("invalid_blocks" or "invalid_blocks_format" or "msg_blocks_too_long"))
        {
            return reply;
        }

        LogBlocksRefused(method, reply.Error, string.Join("; ", reply.Body.Part("response_metadata").Items("messages").Select(message => message.ToString())));
        body["blocks"] = new JsonArray();
        return await api.SendAsync(method, body, cancellationToken);
    }

    private static JsonObject Message(Place place, SlackMessage message)
    {
        var body = new JsonObject
        {
            ["channel"] = place.Conversation,
            ["text"] = message.Text,
            ["blocks"] = message.Blocks,
            ["parse"] = "none",
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };

        // A slash command leaves no post behind that a thread could hang under.
        if (SlackJson.Moment(place.Thread) is not null)
        {
            body["thread_ts"] = place.Thread;
        }

        return body;
    }

    [LoggerMessage(3101, LogLevel.Warning, "Slack refused the blocks of a {Method} ({Error}: {Faults}); its text was sent alone")]
    private partial void LogBlocksRefused(string method, string error, string faults);
}
