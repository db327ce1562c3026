using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>A turn and the ways back to the one who acted that Slack gave along with it; those are used at once or never, so they are not stored.</summary>
public sealed record SlackDelivery(Turn Turn)
{
    /// <summary>Changes or answers the message that was pressed, for half an hour.</summary>
    public Uri? ResponseUrl { get; init; }

    /// <summary>True when the pressed message is one that only its reader sees: it can be changed through <see cref="ResponseUrl"/> alone.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>The modal that was pressed in or sent; <c>null</c> for a message.</summary>
    public string? ViewId { get; init; }
}
