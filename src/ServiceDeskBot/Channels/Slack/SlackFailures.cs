using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>What Slack's error words mean for a message.</summary>
public static class SlackFailures
{
    /// <summary>The message itself is gone, or no longer ours to change.</summary>
    private static readonly HashSet<string> Gone = new(StringComparer.Ordinal)
    {
        "message_not_found", "cant_update_message", "edit_window_closed",
    };

    /// <summary>Slack is busy, or an operator can repair the installation while the message waits.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "ratelimited", "rate_limited", "fatal_error", "internal_error", "service_unavailable", "request_timeout", "accesslimited", "team_added_to_org",
        "not_authed", "invalid_auth", "token_expired", "missing_scope", "access_denied", "ekm_access_denied", "org_login_required", "two_factor_setup_required",
    };

    /// <summary>Everything else (channel_not_found, not_in_channel, is_archived, user_disabled, account_inactive, msg_too_long, …) will be refused again.</summary>
    public static SendResult Judge(SlackReply reply)
    {
        var error = reply.Error ?? "";
        return Gone.Contains(error) ? new SendResult.Vanished(error)
            : reply.IsTransient || Passing.Contains(error) ? new SendResult.Later(error, reply.RetryAfter)
            : new SendResult.Refused(error);
    }
}
