using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>The personal conversation between the bot and a person, opened once and remembered.</summary>
public sealed class SlackDirectMessages(SlackApi api)
{
    /// <summary>More people than one workspace has; beyond it we ask Slack again rather than grow.</summary>
    private const int Remembered = 100_000;

    private readonly ConcurrentDictionary<string, string> _opened = new(StringComparer.Ordinal);

    /// <summary>The conversation's id, or the reply that says why there is none.</summary>
    public async Task<(string? Conversation, SlackReply Reply)> OpenAsync(string account, CancellationToken cancellationToken)
    {
        if (_opened.TryGetValue(account, out var known))
        {
            return (known, new SlackReply(null));
        }

        var reply = await api.SendAsync("conversations.open", new JsonObject { ["users"] = account }, cancellationToken);
        var conversation = reply.Body.Part("channel").Text("id");
        if (reply.Ok && conversation is not null)
        {
            if (_opened.Count >= Remembered)
            {
                _opened.Clear();
            }

            _opened[account] = conversation;
        }

        return (reply.Ok ? conversation : null, reply.Ok && conversation is null ? SlackReply.Unanswered("conversations.open named no channel") : reply);
    }
}
