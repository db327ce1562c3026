using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>What stays where a ticket's card hung before the ticket went elsewhere: that it did, and nothing of what it is about.</summary>
public static class LeftCard
{
    public static Card For(Ticket ticket) => Card.Of(Phrase.Key(ticket.Restricted ? "left.restricted" : "left.moved", ("ticket", ticket.Id)), Phrase.Key("left.thread"));

    /// <summary>In place of the person's card where others read along.</summary>
    public static Card InOwnChat { get; } = Card.Of(Phrase.Key("restricted.own-chat"));
}
