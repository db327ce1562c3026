using ServiceDeskBot.Channels.Teams.Activities;

namespace ServiceDeskBot.Channels.Teams.Callers;

/// <summary>Who posted an activity, before the activity itself is read.</summary>
internal abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>Somebody on this machine, trying the desk out.</summary>
    public sealed record Local : Caller;

    /// <summary>A channel with a valid token.</summary>
    /// <param name="ServiceUrl">The service URL the token was made for.</param>
    /// <param name="Endorsements">The channels that the signing key speaks for.</param>
    public sealed record Channel(string ServiceUrl, IReadOnlySet<string> Endorsements) : Caller
    {
        /// <summary>Why the token does not cover this activity, or <c>null</c> when it does.</summary>
        public string? Objection(Activity activity) =>
            activity.ChannelId is null || !Endorsements.Contains(activity.ChannelId) ? "the signing key is not endorsed for the activity's channel"
            : !SameUrl(ServiceUrl, activity.ServiceUrl) ? "the token is for another service URL"
            : null;

        private static bool SameUrl(string one, string? other) =>
            other is not null && string.Equals(one.TrimEnd('/'), other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Nobody we know: 401.</summary>
    public sealed record Stranger(string Reason) : Caller;
}
