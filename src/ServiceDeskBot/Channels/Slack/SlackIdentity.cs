namespace ServiceDeskBot.Channels.Slack;

/// <summary>Who the desk is on Slack: its workspace and its own user id. Learned from <c>auth.test</c>, or from what a delivery says about it.</summary>
public sealed class SlackIdentity(SlackApi api)
{
    private volatile SlackBot? _bot;

    /// <summary><c>null</c> until Slack has said it.</summary>
    public SlackBot? Bot => _bot;

    /// <summary>Takes a signed delivery's word while Slack itself has not told.</summary>
    public void Learn(SlackBot bot) => _bot ??= bot;

    /// <summary>Asks Slack unless it is known; <c>null</c> when Slack does not say.</summary>
    public async Task<SlackBot?> AskAsync(CancellationToken cancellationToken) =>
        _bot ?? ((await CheckAsync(cancellationToken)).Ok ? _bot : null);

    /// <summary>Asks Slack in any case, for start and <c>doctor</c>: tells whether the token works.</summary>
    public async Task<SlackReply> CheckAsync(CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync("auth.test", [], cancellationToken);
        if (reply.Ok && reply.Body.Text("team_id") is { } team && reply.Body.Text("user_id") is { } user)
        {
            _bot = new SlackBot(team, user);
        }

        return reply;
    }
}

/// <param name="Team">The workspace the app is installed in.</param>
/// <param name="User">The bot's user id, as it is mentioned.</param>
public sealed record SlackBot(string Team, string User);
