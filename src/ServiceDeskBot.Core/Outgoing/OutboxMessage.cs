using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Outgoing;

/// <summary>Something to send after the commit. Messages of one <see cref="Lane"/> leave in their order, one at a time.</summary>
/// <param name="To">Where; a personal place that is not known yet has the conversation <c>@account</c> and is opened by the outlet.</param>
/// <param name="Language">Two letters.</param>
/// <param name="Zone">IANA zone of the reader, or <c>null</c> for UTC.</param>
public sealed record OutboxMessage(Place To, Delivery What, string Language, string? Zone)
{
    /// <summary>0 until stored; rises in order of commit.</summary>
    public long Id { get; init; }

    /// <summary>The ticket it is about, so that a reply to it finds the ticket; <c>null</c> when none.</summary>
    public string? Ticket { get; init; }

    public int Attempts { get; init; }

    /// <summary>How often a waiting refresh had been asked for again when the store handed it out: a later wish, made while it is under way, queues one more.</summary>
    public int Revision { get; init; }

    /// <summary>Held back until then; <c>null</c>: due now.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>One lane per conversation, threads included, since platforms limit by conversation.</summary>
    [JsonIgnore]
    public string Lane => $"{To.Channel}:{To.Conversation}";
}

/// <summary>What to send.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Replace), "replace")]
[JsonDerivedType(typeof(Refresh), "refresh")]
[JsonDerivedType(typeof(Call), "call")]
public abstract record Delivery;

/// <summary>A new message.</summary>
public sealed record Post(Card Card) : Delivery
{
    /// <summary>Goes into the thread under this mirror's post, whose id may not be known before sending; <c>null</c>: as the place says.</summary>
    public long? UnderMirror { get; init; }
}

/// <summary>A message already sent changes; posted anew when it has vanished.</summary>
public sealed record Replace(string PostId, Card Card) : Delivery;

/// <summary>A ticket's card is brought up to date: rendered from stored state at the moment of sending; posted when it never was, or vanished. At most one is pending per mirror.</summary>
public sealed record Refresh(long Mirror) : Delivery;

/// <summary>A step of a request that another program does, or takes back.</summary>
public sealed record Call(string Ticket, string Task, bool Undo) : Delivery
{
    /// <summary>Where calls go: a way of their own, one lane for each webhook and ticket, so that a program that is down holds up no other request.</summary>
    public static Place To(string webhook, string ticket) => new("webhook", $"{webhook}/{ticket}", null, PlaceKind.Personal);
}

/// <summary>A place where a ticket's card hangs.</summary>
/// <param name="Id">0 until stored.</param>
/// <param name="Kind">Whose view: <c>requester</c> or <c>team</c>.</param>
/// <param name="PostId"><c>null</c> until the first send succeeded.</param>
public sealed record Mirror(long Id, string Ticket, string Kind, Place At, string? PostId, string Language, string? Zone);
