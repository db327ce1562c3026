using ServiceDeskBot.Channels.Teams.Connector;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>The way out to Teams, through the Bot Connector.</summary>
internal sealed class TeamsOutlet(ConnectorClient connector, OutgoingActivity activities, KnownServiceUrls serviceUrls) : IOutlet
{
    private const string ThreadMark = ";messageid=";

    public string Channel => "teams";

    public Task<SendResult> PostAsync(Place to, Card card, Reader reader, CancellationToken cancellationToken)
    {
        if ((to.ServiceUrl ?? serviceUrls.For(to.Organisation)) is not { } serviceUrl)
        {
            return Task.FromResult<SendResult>(new SendResult.Later("nobody has called from Teams yet, so its address is not known", null));
        }

        var at = to with { ServiceUrl = serviceUrl };
        var activity = activities.New(card, reader, serviceUrl);
        return to switch
        {
            _ when to.Conversation.StartsWith('@') => PostToPersonAsync(at, activity, cancellationToken),
            { Kind: PlaceKind.Channel, Thread: null } => BeginThreadAsync(at, activity, cancellationToken),
            _ => PostAsync(at, activity, cancellationToken),
        };
    }

    public async Task<SendResult> UpdateAsync(Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken)
    {
        if ((at.ServiceUrl ?? serviceUrls.For(at.Organisation)) is not { } serviceUrl)
        {
            return new SendResult.Later("nobody has called from Teams yet, so its address is not known", null);
        }

        // A message that began a thread in a channel lives in that thread.
        var conversation = at is { Kind: PlaceKind.Channel, Thread: null } ? at.Conversation + ThreadMark + postId : ConversationOf(at);
        var activity = activities.Change(postId, card, reader, serviceUrl);
        var reply = await connector.UpdateAsync(serviceUrl, conversation, postId, activity, cancellationToken);
        return reply is ConnectorReply.Ok ? new SendResult.Sent(postId, at with { ServiceUrl = serviceUrl }) : reply.AsUpdateFailure();
    }

    private async Task<SendResult> PostAsync(Place at, byte[] activity, CancellationToken cancellationToken)
    {
        var reply = await connector.SendAsync(at.ServiceUrl!, ConversationOf(at), activity, cancellationToken);
        return reply is ConnectorReply.Ok sent ? new SendResult.Sent(sent.Id ?? Unnamed(), at) : reply.AsFailure();
    }

    private async Task<SendResult> PostToPersonAsync(Place to, byte[] activity, CancellationToken cancellationToken)
    {
        var opened = await connector.OpenPersonalAsync(to.ServiceUrl!, to.Conversation[1..], to.Organisation, cancellationToken);
        if (opened is not ConnectorReply.Ok conversation)
        {
            return opened.AsFailure();
        }

        return conversation.Id is { Length: > 0 } id
            ? await PostAsync(to with { Conversation = id, Thread = null, Kind = PlaceKind.Personal }, activity, cancellationToken)
            : new SendResult.Refused("the connector opened a chat and did not say which");
    }

    /// <summary>The place stays the channel: an answer to the new post comes from its thread, and a later post begins another one.</summary>
    private async Task<SendResult> BeginThreadAsync(Place to, byte[] activity, CancellationToken cancellationToken)
    {
        var reply = await connector.OpenThreadAsync(to.ServiceUrl!, to.Conversation, to.Organisation, activity, cancellationToken);
        return reply is ConnectorReply.Ok begun ? new SendResult.Sent(begun.ActivityId ?? RootOf(begun.Id) ?? Unnamed(), to) : reply.AsFailure();
    }

    private static string ConversationOf(Place place) => place.Thread is null ? place.Conversation : place.Conversation + ThreadMark + place.Thread;

    private static string? RootOf(string? conversation) =>
        conversation?.IndexOf(ThreadMark, StringComparison.OrdinalIgnoreCase) is int mark and >= 0 ? conversation[(mark + ThreadMark.Length)..] : null;

    /// <summary>For an empty answer: a change later on will not find the message and post it anew.</summary>
    private static string Unnamed() => $"unnamed-{Guid.NewGuid():N}";
}
