using System.Text.Json.Serialization;

namespace ServiceDeskBot.Core.Conversations;

/// <summary>
/// One delivery from a channel, translated and masked: what somebody said or did, where, and when.
/// This, never the raw payload, is what the inbox stores.
/// </summary>
/// <param name="Key">Unique per delivery, built by the channel (design, section 4, point 1); a second delivery has the same key.</param>
/// <param name="At">When the platform says it happened; the desk's clock where the platform does not say.</param>
public sealed record Turn(string Key, Place Place, Sender From, TurnInput Input, DateTimeOffset At)
{
    /// <summary>Opens a form for the presser where the platform needs a token for it (Slack <c>trigger_id</c>, usable for three seconds); <c>null</c> elsewhere.</summary>
    public string? Trigger { get; init; }
}

/// <summary>Where something is said.</summary>
/// <param name="Channel"><c>teams</c>, <c>slack</c> or <c>local</c>.</param>
/// <param name="Conversation">The platform's conversation: Teams conversation id without <c>;messageid</c>, Slack channel id, local place name.</param>
/// <param name="Thread">Root message of the thread; <c>null</c> where there is none (personal and group chats, a new post in a channel).</param>
/// <param name="Kind">Personal chat with the bot, group chat, or a channel.</param>
public sealed record Place(string Channel, string Conversation, string? Thread, PlaceKind Kind)
{
    /// <summary>Where the platform wants answers sent: Teams <c>serviceUrl</c>; <c>null</c> elsewhere. May change with every turn.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The platform's organisation: Teams tenant id, Slack team id; <c>null</c> on the local console.</summary>
    public string? Organisation { get; init; }

    /// <summary>Turns with the same key are decided one after the other, in the order they arrived.</summary>
    [JsonIgnore]
    public string Key => Thread is null ? $"{Channel}:{Conversation}" : $"{Channel}:{Conversation}:{Thread}";
}

[JsonConverter(typeof(JsonStringEnumConverter<PlaceKind>))]
public enum PlaceKind { Personal, Group, Channel }

/// <summary>Who acted, as the platform vouches.</summary>
/// <param name="Account">The platform's id of the person: Teams <c>29:…</c>, Slack <c>U…</c>, local name.</param>
/// <param name="Name">Display name; never used to decide who somebody is.</param>
/// <param name="Email">The address the platform vouches for, for full members of the own organisation only; <c>null</c> when unknown or a guest.</param>
/// <param name="Locale">BCP 47 tag from the platform, or <c>null</c>.</param>
/// <param name="Zone">IANA zone from the platform, or <c>null</c>.</param>
public sealed record Sender(string Account, string Name, string? Email = null, string? Locale = null, string? Zone = null);

/// <summary>What happened.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Pressed), "pressed")]
[JsonDerivedType(typeof(FormLeft), "formLeft")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(Reacted), "reacted")]
[JsonDerivedType(typeof(Arrived), "arrived")]
[JsonDerivedType(typeof(Departed), "departed")]
[JsonDerivedType(typeof(TicketFromMessage), "ticketFromMessage")]
[JsonDerivedType(typeof(RaisedByProgram), "raisedByProgram")]
[JsonDerivedType(typeof(NotedByProgram), "notedByProgram")]
public abstract record TurnInput;

/// <summary>Words, without the bot's own mention; masked. <paramref name="PostId"/> is the message's id on the platform.</summary>
public sealed record Said(string Text, string PostId) : TurnInput
{
    /// <summary>True when the bot was named (always in a personal chat): a channel post without it is only heard, not spoken to.</summary>
    public bool Addressed { get; init; } = true;

    /// <summary>Post that this one answers or quotes; <c>null</c> when none.</summary>
    public string? RepliesTo { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>True when secrets were taken out of the text; the person is warned.</summary>
    public bool Masked { get; init; }

    /// <summary>True when words about somebody's health were taken out.</summary>
    public bool HealthMasked { get; init; }
}

/// <summary>A form was closed and not sent; with what was filled in, where the platform tells.</summary>
/// <param name="Action">The form's, as in <see cref="Pressed"/>.</param>
public sealed record FormLeft(string Action, IReadOnlyDictionary<string, string> Data, IReadOnlyDictionary<string, string> Fields) : TurnInput;

/// <summary>A file that came with a message. Only its description is kept; the bytes stay with the platform.</summary>
/// <param name="Url">Where people who may see it find it, or <c>null</c>.</param>
/// <param name="Bytes">Size, or <c>null</c> when the platform does not say.</param>
public sealed record Attachment(string Name, string ContentType, string? Url, long? Bytes);

/// <summary>A button, or a form that was sent. <paramref name="Fields"/> holds the inputs by id; empty for a plain button.</summary>
/// <param name="Action">The button's action, e.g. <c>claim</c>.</param>
/// <param name="Data">What the button carried (e.g. <c>ticket</c>); input like any other: never trusted for rights.</param>
/// <param name="PostId">The message that the card hangs on; <c>null</c> for a form opened by itself.</param>
public sealed record Pressed(string Action, IReadOnlyDictionary<string, string> Data, IReadOnlyDictionary<string, string> Fields, string? PostId) : TurnInput;

/// <summary>The person changed a message they had sent.</summary>
public sealed record Edited(string PostId, string Text) : TurnInput;

/// <summary>The person took a message back.</summary>
public sealed record Deleted(string PostId) : TurnInput;

/// <summary>A reaction to a message of the bot; <paramref name="Added"/> false when it was taken back.</summary>
public sealed record Reacted(string PostId, string Reaction, bool Added) : TurnInput;

/// <summary>The bot was installed here, or somebody opened the conversation for the first time.</summary>
public sealed record Arrived : TurnInput;

/// <summary>The bot was removed from here.</summary>
public sealed record Departed : TurnInput;

/// <summary>The message shortcut <em>Create ticket</em>: somebody turns another person's (or their own) message into a query.</summary>
/// <param name="Author">Who wrote the message; <c>null</c> when the platform does not say.</param>
public sealed record TicketFromMessage(string Text, string PostId, Sender? Author) : TurnInput;

/// <summary>Another program raises a record for the sender. What it states counts; what it leaves out (<c>null</c>) is read from the text.</summary>
/// <param name="Type">incident, request, complaint or idea.</param>
public sealed record RaisedByProgram(string Text, string? Type, string? Category, string? Impact, string? Urgency) : TurnInput;

/// <summary>Another program, which is the sender here, adds words to a ticket.</summary>
/// <param name="Visible"><c>team</c>: a note; <c>user</c>: a reply to the person.</param>
public sealed record NotedByProgram(string Ticket, string Text, string Visible) : TurnInput;
