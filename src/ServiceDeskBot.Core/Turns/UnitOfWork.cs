using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Triage.Corrections;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Everything one turn, timer or command changes, as a value: applied whole or not at all.</summary>
public sealed record UnitOfWork(IReadOnlyList<Write> Writes);

/// <summary>One change of stored state.</summary>
public abstract record Write;

/// <summary>The turn is decided; its answer is kept for a second delivery. Conflicts when it is marked already.</summary>
public sealed record MarkTurnDone(long Seq, Answer Answer) : Write
{
    /// <summary>True: the stored turn is blanked at once, since nothing may lead from an anonymous answer back to who gave it.</summary>
    public bool Forget { get; init; }
}

/// <summary>The turn is accepted and decided at once. Conflicts when its key is known.</summary>
public sealed record TakeTurn(Turn Turn, Answer Answer) : Write;

public sealed record PutPerson(Person Person) : Write;

/// <summary>Ties a platform account to a person and remembers where to reach them; replaces an earlier place.</summary>
/// <param name="Personal">The personal conversation with the bot; <c>null</c> leaves what is stored.</param>
public sealed record BindAccount(string Channel, string Account, string Person, Place? Personal) : Write;

/// <summary>Written only over <see cref="ConversationState.Version"/> (0: no row yet); the stored version becomes one more.</summary>
public sealed record PutConversation(string Conversation, string Person, ConversationState State) : Write;

/// <summary>The ticket after its new events. Conflicts when the stored version is not <paramref name="ReadVersion"/> (0: no row yet).</summary>
/// <param name="Summary">Words for lists and cards, kept beside the state; <c>null</c> leaves them as they are.</param>
public sealed record PutTicket(Ticket Ticket, int ReadVersion, IReadOnlyList<TicketEvent> Events, string? Summary) : Write;

public sealed record PutText(TicketText Text) : Write;

/// <summary>Replaces the words of a text row (an edit; an empty text for a deletion).</summary>
public sealed record ChangeText(string Id, string Text) : Write;

public sealed record Send(OutboxMessage Message) : Write;

/// <summary>Remembers a place where a ticket's card shall hang and queues its first post.</summary>
public sealed record AddMirror(Mirror Mirror) : Write;

/// <summary>The ticket has gone elsewhere: what hangs in this place is a short notice from now on, and follows no further change.</summary>
public sealed record LeaveMirror(long Mirror) : Write;

/// <summary>
/// Blanks a person's words and forgets who they are: accounts, dialogs, personal chats, feedback under their name. What happened
/// to their tickets stays, under their desk id.
/// </summary>
/// <param name="Chats">Their personal conversations, of which everything received and sent is forgotten.</param>
public sealed record ErasePerson(string Person, IReadOnlyList<Place> Chats) : Write
{
    /// <summary>What stands in place of words.</summary>
    public const string Gone = "(erased)";
}

/// <summary>Queues a refresh of every mirror of a ticket that has none pending.</summary>
public sealed record RefreshMirrors(string Ticket) : Write;

/// <summary>Ties a post the desk did not send itself (a person's message that opened a thread) to a ticket.</summary>
public sealed record TiePost(string Channel, string Conversation, string PostId, string Ticket) : Write;

/// <summary>Sets or moves the timer with this subject and kind.</summary>
public sealed record SetTimer(string Subject, string Kind, DateTimeOffset Due) : Write
{
    /// <summary>True: leaves a timer that is set already as it is, also when it is overdue.</summary>
    public bool OnlyIfAbsent { get; init; }
}

/// <summary>Clears the timer that rang. Conflicts when it was moved or another replica let it ring: a timer rings once.</summary>
public sealed record TakeTimer(DueTimer Timer) : Write;

public sealed record ClearTimer(string Subject, string Kind) : Write;

/// <summary>Clears every timer of this subject.</summary>
public sealed record ClearTimers(string Subject) : Write;

/// <summary>A channel belongs to a team; <c>null</c> frees it.</summary>
public sealed record BindTeam(string Channel, string Conversation, string? Team, Place Place) : Write;

public sealed record PutSurvey(Survey Survey) : Write;

public sealed record PutNamedFeedback(NamedFeedback Feedback) : Write;

/// <summary>Stored with team and week only: nothing leads back to a person, ticket or turn.</summary>
public sealed record PutAnonymousFeedback(AnonymousFeedback Feedback) : Write;

/// <summary>A prediction as it was made; written once.</summary>
public sealed record PutPrediction(StoredPrediction Prediction) : Write;

/// <summary>A correction that waits for a reviewer, or what the reviewer decided. Conflicts when somebody has decided already.</summary>
public sealed record PutCandidate(Candidate Candidate) : Write;

/// <summary>What is told once a day, a manager's digest, a trouble of the desk's own or a person's survey, was told; conflicts when it was already.</summary>
/// <param name="News">The manager's desk id, or <c>health/</c> and the trouble's name, or <c>survey/</c> and the person's desk id.</param>
/// <param name="Day">In the reader's time zone; of a survey in UTC.</param>
public sealed record MarkTold(string News, DateOnly Day) : Write;

/// <summary>A turn whose code failed: kept for the operator, never run again in place.</summary>
public sealed record RecordFailure(long Seq, string Reason) : Write;
