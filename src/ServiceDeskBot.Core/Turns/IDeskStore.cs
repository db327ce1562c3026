using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Where the desk keeps everything. Safe for concurrent use.</summary>
public interface IDeskStore
{
    /// <summary>Creates or migrates the schema; call once before anything else.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Opens for reading only, also beside a desk that runs on the same data: nothing is created or migrated, and only snapshots may be taken.</summary>
    /// <returns>False when no desk was ever served here.</returns>
    Task<bool> LookInAsync(CancellationToken cancellationToken);

    /// <summary>A consistent view for deciding one turn. Cheap; dispose it soon.</summary>
    ValueTask<IDeskSnapshot> SnapshotAsync(CancellationToken cancellationToken);

    /// <summary>As <see cref="SnapshotAsync(CancellationToken)"/>, for deciding this turn: a store across a network reads what such a turn asks for at once.</summary>
    ValueTask<IDeskSnapshot> SnapshotAsync(Turn turn, CancellationToken cancellationToken) => SnapshotAsync(cancellationToken);

    /// <summary>Whether the desk has a mail address of the person behind an account. Asked before each turn of somebody who was not heard lately.</summary>
    Task<bool> HasMailOfAsync(string channel, string account, CancellationToken cancellationToken);

    /// <summary>Applies a unit durably: when the task ends with <see cref="CommitResult.Done"/> it survives a crash.</summary>
    Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken);

    /// <summary>Stores a delivery under its key, durably. A known key returns the row that is there, with its answer if it is done.</summary>
    Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken);

    /// <summary>Deliveries that were accepted and not decided, in order, and that no other living replica decides; for taking up work at start.</summary>
    Task<IReadOnlyList<InboxRow>> UndoneTurnsAsync(CancellationToken cancellationToken);

    /// <summary>Takes over the undone deliveries of replicas that are gone, in order. None where one process has the store for itself.</summary>
    Task<IReadOnlyList<InboxRow>> AbandonedTurnsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<InboxRow>>([]);

    /// <summary>How far an accepted turn is, after a commit that was refused.</summary>
    async Task<TurnProgress> ProgressAsync(long seq, Turn turn, CancellationToken cancellationToken) =>
        new((await AcceptAsync(turn, cancellationToken)).Answer, IsNext: true);

    /// <summary>The next number of the ticket sequence; gaps are allowed, repeats are not, also across restarts.</summary>
    ValueTask<long> NextNumberAsync(CancellationToken cancellationToken);

    /// <summary>Unsent messages that are due: of each lane only the first, none of the lanes in <paramref name="busyLanes"/>; in order of commit.</summary>
    Task<IReadOnlyList<OutboxMessage>> DueMessagesAsync(DateTimeOffset now, IReadOnlyCollection<string> busyLanes, int limit, CancellationToken cancellationToken);

    /// <summary>When the next held-back message becomes due, or <c>null</c>.</summary>
    Task<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellationToken);

    /// <summary>The message is done; its post is remembered (for its mirror and for replies to it), unless <paramref name="sent"/> is <c>null</c>: then nothing had to leave.</summary>
    Task MarkSentAsync(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The message, and with it its lane, waits.</summary>
    Task HoldAsync(OutboxMessage message, DateTimeOffset until, string reason, CancellationToken cancellationToken);

    /// <summary>The message will never leave; the lane moves on.</summary>
    Task BuryAsync(OutboxMessage message, string reason, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Timers that are due, oldest first. They stay until a unit clears or moves them.</summary>
    Task<IReadOnlyList<DueTimer>> DueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>When the next timer is due, or <c>null</c>.</summary>
    Task<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken);

    /// <summary>Forgets done inbox rows and sent or dead outbox rows from before the given moments.</summary>
    Task ForgetAsync(DateTimeOffset inboxBefore, DateTimeOffset outboxBefore, CancellationToken cancellationToken);
}

/// <summary>How a commit ended.</summary>
public enum CommitResult
{
    Done,

    /// <summary>Something read has changed meanwhile: decide again.</summary>
    Conflict,

    /// <summary>The turn was decided already, or one of its conversation that came before it is still undecided: look which, and wait.</summary>
    OutOfTurn,
}

/// <summary>An inbox row after accepting. <paramref name="Answer"/> is <c>null</c> while it is not decided.</summary>
public sealed record Accepted(long Seq, bool IsNew, Answer? Answer);

/// <param name="Given"><c>null</c> while it is not decided.</param>
/// <param name="IsNext">False while an earlier delivery of the conversation is undecided, by whichever replica.</param>
public sealed record TurnProgress(Answer? Given, bool IsNext);

public sealed record InboxRow(long Seq, Turn Turn);

/// <param name="Subject">What it is about, e.g. a ticket number.</param>
public sealed record DueTimer(string Subject, string Kind, DateTimeOffset Due);

/// <summary>What can be read while deciding. Answers <c>null</c> or empty for what is not there.</summary>
public interface IDeskSnapshot : ITriageRecords, IPersonalRecords, IAsyncDisposable
{
    ValueTask<Person?> PersonAsync(string id);

    ValueTask<Person?> PersonByAccountAsync(string channel, string account);

    /// <param name="email">Compared without case.</param>
    ValueTask<Person?> PersonByEmailAsync(string email);

    /// <summary>Everybody with a role beyond end user, by id.</summary>
    ValueTask<IReadOnlyList<Person>> PeopleWithRolesAsync();

    /// <summary>Every account of a person with the personal place, if the bot has one, most recently used first.</summary>
    ValueTask<IReadOnlyList<PersonAccount>> AccountsOfAsync(string person);

    ValueTask<ConversationState> ConversationAsync(string conversation, string person);

    ValueTask<Ticket?> TicketAsync(string id);

    /// <summary>The words for lists and cards.</summary>
    ValueTask<string> SummaryAsync(string ticket);

    /// <summary>The ticket that a post of this conversation is about: the bot's own card or message, or the person's message that opened it.</summary>
    ValueTask<string?> TicketOfPostAsync(string channel, string conversation, string postId);

    /// <summary>The posts of this conversation that are about a ticket, the bot's own and the message that opened it. Looks through all posts of the conversation: for what happens seldom.</summary>
    ValueTask<IReadOnlyList<string>> PostsAsync(string ticket, string channel, string conversation);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<Ticket>> OpenTicketsOfAsync(string reporter);

    ValueTask<IReadOnlyList<Ticket>> TicketsAsync(TicketFilter filter);

    /// <summary>A team's tickets that are open or were closed since then, by nothing but their moments; queries left out. No more is read of them: there may be very many.</summary>
    ValueTask<IReadOnlyList<TicketSpan>> SpansAsync(string team, DateTimeOffset since);

    /// <summary>In order of time.</summary>
    ValueTask<IReadOnlyList<TicketEvent>> EventsAsync(string ticket);

    /// <summary>In order of time.</summary>
    ValueTask<IReadOnlyList<TicketText>> TextsAsync(string ticket);

    ValueTask<TicketText?> TextOfPostAsync(string ticket, string postId);

    ValueTask<IReadOnlyList<Mirror>> MirrorsAsync(string ticket);

    ValueTask<Mirror?> MirrorAsync(long id);

    /// <summary>The team a channel belongs to by a stored binding (not by <c>teams.yaml</c>).</summary>
    ValueTask<string?> TeamOfChannelAsync(string channel, string conversation);

    /// <summary>The stored channel bindings of a team.</summary>
    ValueTask<IReadOnlyList<Place>> ChannelsOfTeamAsync(string team);

    /// <summary>When this person was last offered a survey that was not withdrawn.</summary>
    ValueTask<DateTimeOffset?> LastSurveyAsync(string person);

    ValueTask<Survey?> SurveyAsync(string ticket);

    ValueTask<IReadOnlyList<NamedFeedback>> NamedFeedbackAsync(string team, DateTimeOffset from, DateTimeOffset to);

    /// <summary>Of the given weeks (Mondays), first inclusive, last inclusive.</summary>
    ValueTask<IReadOnlyList<AnonymousFeedback>> AnonymousFeedbackAsync(string team, DateOnly firstWeek, DateOnly lastWeek);

    /// <summary>Whether <see cref="MarkTold"/> was written.</summary>
    ValueTask<bool> WasToldAsync(string news, DateOnly day);

    ValueTask<StoreFigures> FiguresAsync();
}

/// <param name="Personal">The personal conversation, or <c>null</c> when the bot has none yet.</param>
public sealed record PersonAccount(string Channel, string Account, Place? Personal);

/// <summary>Which tickets; every condition that is not <c>null</c> must hold. Newest first, by number.</summary>
/// <param name="Type"><c>null</c>: all but queries.</param>
/// <param name="Text">Words in the summary.</param>
/// <param name="Before">Number of the last ticket of the page before.</param>
/// <param name="ClosedFrom">Closed at or after.</param>
/// <param name="Item">Catalogue item of a request.</param>
public sealed record TicketFilter(
    string? State = null,
    string? Type = null,
    string? Team = null,
    string? Reporter = null,
    string? Owner = null,
    string? Text = null,
    bool OpenOnly = false,
    DateTimeOffset? OpenedFrom = null,
    DateTimeOffset? ClosedFrom = null,
    long? Before = null,
    int Limit = 50,
    string? Item = null);

/// <param name="Closed"><c>null</c> while it is open.</param>
public sealed record TicketSpan(DateTimeOffset Opened, DateTimeOffset? Closed);

/// <summary>For the start line, <c>doctor</c> and the desk's look at itself.</summary>
/// <param name="HeldMessages">Those of the unsent that were refused ten times or more: for some ten minutes.</param>
public sealed record StoreFigures(long Tickets, long OpenTickets, long UndoneTurns, long UnsentMessages, long DeadLetters, long People, long HeldMessages);
