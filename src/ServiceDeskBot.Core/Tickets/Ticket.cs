using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>
/// The current state of one record, made only by applying its events (<c>TicketLife</c>).
/// Words of people are not part of it: they lie in erasable content rows (<see cref="TicketText"/>).
/// </summary>
public sealed record Ticket
{
    /// <summary><c>QRY-…</c>, <c>INC-…</c>, <c>REQ-…</c>; from one rising sequence, gaps allowed, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>query, incident, request, problem, complaint, feedback, idea, change or event.</summary>
    public required string Type { get; init; }

    /// <summary>One of <see cref="TicketState"/>.</summary>
    public required string State { get; init; }

    /// <summary>The step of the user-support value stream: register, investigate, specialist-fix, deploy, verify, feedback or improve.</summary>
    public string Step { get; init; } = "register";

    public string? Service { get; init; }

    public string? Category { get; init; }

    public string Impact { get; init; } = "person";

    public string Urgency { get; init; } = "medium";

    /// <summary>1 (highest) to 4.</summary>
    public int Priority { get; init; } = 4;

    /// <summary>Desk ids.</summary>
    public required string Reporter { get; init; }

    public required string Affected { get; init; }

    /// <summary>teams, slack, local or api.</summary>
    public required string Channel { get; init; }

    public string? Team { get; init; }

    /// <summary>Why it is with that team; <c>null</c> where nothing was chosen.</summary>
    public Route? Route { get; init; }

    /// <summary>One of <see cref="WorkKind"/>.</summary>
    public string Work { get; init; } = WorkKind.Routine;

    /// <summary>Desk id, or <c>null</c> while nobody has claimed it.</summary>
    public string? Owner { get; init; }

    /// <summary>When the present owner took it; <c>null</c> without one.</summary>
    public DateTimeOffset? OwnedSince { get; init; }

    /// <summary>Desk ids of those who joined, owner not included.</summary>
    public IReadOnlyList<string> Swarm { get; init; } = [];

    public required DateTimeOffset Opened { get; init; }

    public DateTimeOffset? Resolved { get; init; }

    public DateTimeOffset? Closed { get; init; }

    /// <summary>One of <see cref="TicketClosure"/>; <c>null</c> while open.</summary>
    public string? Closure { get; init; }

    public Target? Response { get; init; }

    public Target? Resolution { get; init; }

    /// <summary>When it is done as those who work on it said since; <c>null</c>: by the target.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>The time of which they said, when asked, that it holds.</summary>
    public DateTimeOffset? Holds { get; init; }

    /// <summary>The time of which the person was told that it will not hold.</summary>
    public DateTimeOffset? Foretold { get; init; }

    /// <summary>When the person was promised the next word.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>A deadline that the person named.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What the model said at registration; <c>null</c> where nobody asked it.</summary>
    public TicketPrediction? Prediction { get; init; }

    /// <summary>What raised impact or urgency: codes such as <c>deadline-today</c>, <c>team-stopped</c>.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public IReadOnlyList<TicketLink> Links { get; init; } = [];

    /// <summary>True once the person tapped <em>That's right</em>.</summary>
    public bool Confirmed { get; init; }

    public bool Frustrated { get; init; }

    /// <summary>True: only the team's members may see it (security).</summary>
    public bool Restricted { get; init; }

    /// <summary>Articles offered before logging, best first.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>Those that the person said did not help.</summary>
    public IReadOnlyList<string> Tried { get; init; } = [];

    /// <summary>Those that need not be offered again.</summary>
    public IReadOnlyCollection<string> Shown => [.. Offered.Union(Tried, StringComparer.Ordinal)];

    /// <summary>The question that waits for an answer, or was never answered; <c>null</c> when there is none.</summary>
    public Clarification? Asks { get; init; }

    /// <summary>Catalogue item of a request; <c>null</c> otherwise.</summary>
    public string? Item { get; init; }

    /// <summary>Desk id of the one who has to approve; <c>null</c> when nobody has to.</summary>
    public string? Approver { get; init; }

    /// <summary>Desk ids of those who approved, in order.</summary>
    public IReadOnlyList<string> ApprovedBy { get; init; } = [];

    /// <summary>How often the present approver was reminded.</summary>
    public int ApprovalReminders { get; init; }

    /// <summary>True while the approver waits for an answer of the person.</summary>
    public bool ApprovalQuestioned { get; init; }

    /// <summary>The work of several teams behind one request; empty where one team does it all.</summary>
    public IReadOnlyList<TicketTask> Tasks { get; init; } = [];

    /// <summary>The script that the person has answered questions of; <c>null</c> when none.</summary>
    public string? Script { get; init; }

    /// <summary>How far the person came in a long article; <c>null</c>: in none.</summary>
    public ArticleStep? At { get; init; }

    /// <summary>Desk ids of those to whom a complaint went for want of an answer, in order.</summary>
    public IReadOnlyList<string> Escalated { get; init; } = [];

    /// <summary>Whether the one it is about agrees to what was asked for in their name, one of <see cref="AgreementState"/>; <c>null</c> where nobody had to be asked.</summary>
    public string? Agreement { get; init; }

    /// <summary>What nobody knows yet and the work needs, as <see cref="Intake.UnknownFacts"/> names it; it is not resolved before.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Desk ids of those on call who were called for it, in order.</summary>
    public IReadOnlyList<string> Called { get; init; } = [];

    /// <summary>True once the person said that it is more pressing; they may once.</summary>
    public bool Contested { get; init; }

    public int Reopened { get; init; }

    /// <summary>Number of events applied; the row is written only over the version it was read at.</summary>
    public int Version { get; init; }

    /// <summary>What the person's message was: a query's as it is understood now.</summary>
    public string? MessageType => Type == "query" ? Prediction?.Type : Type;

    /// <summary>The query that the words came in as: itself, or the one it was converted from.</summary>
    public string QueryId => Links.FirstOrDefault(link => link.Rel == "from")?.Id ?? Id;

    public bool IsOpen => State is not (TicketState.Closed or TicketState.Cancelled);
}

/// <summary>One piece of the work behind a request.</summary>
/// <param name="Title">What the person gets by it, out of the workflow.</param>
/// <param name="Team">Whose it is; <c>null</c> where a program does it.</param>
/// <param name="Call">The webhook that does it; <c>null</c> where people do.</param>
/// <param name="Undo">True where the webhook can take it back.</param>
public sealed record TicketTask(string Id, string Title, string? Team, string? Call, bool Undo)
{
    /// <summary>One of <see cref="TaskState"/>.</summary>
    public string State { get; init; } = TaskState.Waiting;

    /// <summary>Desk id of who has it or did it; <c>null</c> before.</summary>
    public string? Owner { get; init; }

    public bool IsDone => State is TaskState.Done or TaskState.Confirmed;

    /// <summary>True while people have to do something about it.</summary>
    public bool IsLeft => State is TaskState.Open or TaskState.Claimed;
}

public static class TaskState
{
    /// <summary>Its turn has not come.</summary>
    public const string Waiting = "waiting";
    public const string Open = "open";
    public const string Claimed = "claimed";

    /// <summary>A program was asked to do it.</summary>
    public const string Calling = "calling";
    public const string Done = "done";

    /// <summary>The person has it.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The program said no, or never answered.</summary>
    public const string Failed = "failed";

    /// <summary>The program was asked to take it back.</summary>
    public const string Undoing = "undoing";
    public const string Undone = "undone";
}

public static class AgreementState
{
    public const string Asked = "asked";
    public const string Given = "given";
    public const string Refused = "refused";
}

public static class FactState
{
    public const string Unknown = "unknown";
    public const string Known = "known";
    public const string NotNeeded = "not-needed";
}

/// <summary>The states of the contract.</summary>
public static class TicketState
{
    public const string Registered = "registered";
    public const string WaitingUser = "waiting-user";
    public const string Queued = "queued";
    public const string Assigned = "assigned";
    public const string InProgress = "in-progress";
    public const string WaitingSupplier = "waiting-supplier";
    public const string WaitingApproval = "waiting-approval";
    public const string Resolved = "resolved";
    public const string Closed = "closed";
    public const string Cancelled = "cancelled";
}

/// <summary>The closures of the contract.</summary>
public static class TicketClosure
{
    public const string Confirmed = "confirmed";
    public const string NotConfirmed = "not-confirmed";
    public const string SelfSolved = "self-solved";
    public const string Answered = "answered";
    public const string Fulfilled = "fulfilled";
    public const string Rejected = "rejected";
    public const string Converted = "converted";
    public const string Cancelled = "cancelled";
    public const string Duplicate = "duplicate";
}

/// <param name="Step">From 0.</param>
public sealed record ArticleStep(string Article, int Step);

/// <summary>A promise with its moment; <paramref name="Met"/> is <c>null</c> while it runs.</summary>
public sealed record Target(DateTimeOffset Due, bool? Met);

/// <param name="Rel">became, from, duplicate-of, …</param>
public sealed record TicketLink(string Rel, string Id);

public sealed record TicketPrediction(string Model, string Type, double Confidence, string? Category, double CategoryConfidence, IReadOnlyList<string> Reasons);

/// <summary>Somebody's words on a ticket, in a row of their own so that they can be erased without breaking history.</summary>
/// <param name="Id">Unique; events refer to it.</param>
/// <param name="Kind">summary, description, message, note, reply, resolution, steps, form, answer, reason or attachment.</param>
/// <param name="Author">Desk id, or <c>desk</c>.</param>
/// <param name="Visible"><c>user</c> or <c>team</c>.</param>
/// <param name="Post">The platform's id of the message it came in, for edits and deletions; <c>null</c> otherwise.</param>
public sealed record TicketText(string Id, string Ticket, string Kind, string Author, string Visible, string Text, DateTimeOffset At, string? Post = null);
