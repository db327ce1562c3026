using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Outgoing;

/// <summary>One platform's way out. Renders within the platform's limits and sends; never throws for anything the platform or the network does.</summary>
public interface IOutlet
{
    /// <summary><c>teams</c>, <c>slack</c> or <c>local</c>.</summary>
    string Channel { get; }

    /// <summary>Posts a new message. A place whose conversation begins with <c>@</c> is a person not spoken to yet: the outlet opens the personal conversation first.</summary>
    Task<SendResult> PostAsync(Place to, Card card, Reader reader, CancellationToken cancellationToken);

    /// <summary>Changes a message sent earlier.</summary>
    Task<SendResult> UpdateAsync(Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken);
}

/// <summary>How a send ended.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <param name="PostId">The platform's id of the message.</param>
    /// <param name="At">Where it hangs now: differs from the asked place when a personal conversation was opened or a service URL changed.</param>
    public sealed record Sent(string PostId, Place At) : SendResult;

    /// <summary>Nothing was left to send: a later message shows it all.</summary>
    public sealed record Superseded : SendResult;

    /// <summary>The message to change is not there any more: post it anew.</summary>
    public sealed record Vanished(string Reason) : SendResult;

    /// <summary>Will never work (blocked, uninstalled, conversation gone): dead letter.</summary>
    public sealed record Refused(string Reason) : SendResult;

    /// <summary>May work later; <paramref name="After"/> is the platform's own wish, or <c>null</c>.</summary>
    public sealed record Later(string Reason, TimeSpan? After) : SendResult;
}
