using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>
/// Something that happened to a ticket: ids and codes only, never words (those lie in <see cref="TicketText"/>).
/// Append-only; this is the audit. Stored as JSON under its kind, so kinds and members may be added, never renamed.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(Classified), "classified")]
[JsonDerivedType(typeof(Converted), "converted")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Unconfirmed), "unconfirmed")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(Joined), "joined")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(Assigned), "assigned")]
[JsonDerivedType(typeof(ReRouted), "re-routed")]
[JsonDerivedType(typeof(PriorityChanged), "priority-changed")]
[JsonDerivedType(typeof(PriorityContested), "priority-contested")]
[JsonDerivedType(typeof(TypeChanged), "type-changed")]
[JsonDerivedType(typeof(CategoryChanged), "category-changed")]
[JsonDerivedType(typeof(Noted), "note")]
[JsonDerivedType(typeof(Replied), "reply")]
[JsonDerivedType(typeof(UserMessaged), "user-message")]
[JsonDerivedType(typeof(Attached), "attachment")]
[JsonDerivedType(typeof(WaitingForUser), "waiting")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(ApprovalAsked), "approval-asked")]
[JsonDerivedType(typeof(ApprovalDelegated), "approval-delegated")]
[JsonDerivedType(typeof(ApprovalQuestioned), "approval-questioned")]
[JsonDerivedType(typeof(ApprovalReminded), "approval-reminded")]
[JsonDerivedType(typeof(ApprovalExpired), "approval-expired")]
[JsonDerivedType(typeof(TasksPlanned), "tasks-planned")]
[JsonDerivedType(typeof(TaskMoved), "task")]
[JsonDerivedType(typeof(TasksTakenOver), "tasks-taken-over")]
[JsonDerivedType(typeof(Resolved), "resolved")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(CancelledByPerson), "cancelled")]
[JsonDerivedType(typeof(Merged), "merged")]
[JsonDerivedType(typeof(Linked), "linked")]
[JsonDerivedType(typeof(SurveySent), "survey-sent")]
[JsonDerivedType(typeof(SurveyAnswered), "survey-answered")]
[JsonDerivedType(typeof(ArticleTried), "article-tried")]
[JsonDerivedType(typeof(ScriptAnswered), "script-answered")]
[JsonDerivedType(typeof(CalledIn), "called-in")]
[JsonDerivedType(typeof(TargetSet), "target-set")]
[JsonDerivedType(typeof(AffectedNamed), "affected-named")]
[JsonDerivedType(typeof(WorkMarked), "work-marked")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(ArticleStepped), "article-step")]
[JsonDerivedType(typeof(AgreementMarked), "agreement")]
[JsonDerivedType(typeof(FactMarked), "fact-marked")]
[JsonDerivedType(typeof(ExpectationStated), "expectation")]
[JsonDerivedType(typeof(HoldsOut), "holds")]
[JsonDerivedType(typeof(MissForeseen), "miss-foreseen")]
public abstract record TicketEvent
{
    private static readonly FrozenDictionary<Type, string> Kinds = typeof(TicketEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    public required DateTimeOffset At { get; init; }

    /// <summary>Desk id of the one who did it; <c>desk</c> for the product itself.</summary>
    public required string By { get; init; }

    /// <summary>The text row that holds the words that came with it; <c>null</c> when there were none.</summary>
    public string? Text { get; init; }

    /// <summary>What the contract calls <c>kind</c>: the name it is stored under.</summary>
    [JsonIgnore]
    public string Kind => Kinds[GetType()];

    /// <summary>What the contract calls <c>from</c>: the value before, or <c>null</c>.</summary>
    [JsonIgnore]
    public virtual string? Before => null;

    /// <summary>What the contract calls <c>to</c>: the value after, or <c>null</c>.</summary>
    [JsonIgnore]
    public virtual string? After => null;

    /// <summary><c>user</c>: the person may see it; <c>team</c>: internal.</summary>
    [JsonIgnore]
    public virtual string Visible => "user";
}

/// <summary>The record exists. <see cref="TicketEvent.Text"/> is the person's message.</summary>
public sealed record Registered(string Id, string Type, string Reporter, string Affected, string Channel) : TicketEvent
{
    /// <summary>When the person wrote; a converted record keeps its query's.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>The query it came from; <c>null</c> when it came directly.</summary>
    public string? FromQuery { get; init; }

    public string? Item { get; init; }

    public override string? After => Type;
}

/// <summary>What it is, how bad, whose it is: by the model and the rules at first, by people's corrections later.</summary>
public sealed record Classified(string? Service, string? Category, string? Team, string Impact, string Urgency, int Priority) : TicketEvent
{
    /// <summary>As it stands, to be said anew with something changed; an open question counts as settled.</summary>
    public static Classified As(Ticket ticket, DateTimeOffset at, string by) => new(ticket.Service, ticket.Category, ticket.Team, ticket.Impact, ticket.Urgency, ticket.Priority)
    {
        At = at,
        By = by,
        Evidence = ticket.Evidence,
        Deadline = ticket.Deadline,
        Offered = ticket.Offered,
        Item = ticket.Item,
        Route = ticket.Route,
    };

    public TicketPrediction? Prediction { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = [];

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Articles offered before anything was logged, best first.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>The catalogue item it seems to ask for.</summary>
    public string? Item { get; init; }

    public bool Frustrated { get; init; }

    public bool Restricted { get; init; }

    /// <summary>What the person is asked before it can be placed.</summary>
    public Clarification? Asks { get; init; }

    /// <summary>Why this team; <c>null</c>: as before.</summary>
    public Route? Route { get; init; }

    public override string? After => Category;

    public override string Visible => "team";
}

/// <summary>The query became another record and is done.</summary>
public sealed record Converted(string Became) : TicketEvent
{
    public override string? After => Became;
}

public sealed record Confirmed : TicketEvent;

/// <summary>Nobody tapped: it is worked on as understood.</summary>
public sealed record Unconfirmed : TicketEvent;

public sealed record Claimed(string Owner) : TicketEvent
{
    public override string? After => Owner;
}

public sealed record Released(string Owner) : TicketEvent
{
    public override string? Before => Owner;

    public override string Visible => "team";
}

public sealed record Joined(string Person) : TicketEvent
{
    public override string? After => Person;

    public override string Visible => "team";
}

public sealed record Left(string Person) : TicketEvent
{
    public override string? Before => Person;

    public override string Visible => "team";
}

public sealed record Assigned(string? From, string To) : TicketEvent
{
    public override string? Before => From;

    public override string? After => To;
}

public sealed record ReRouted(string? From, string To) : TicketEvent
{
    /// <summary>The rule that chose the team after somebody put the category right; <c>null</c>: that person chose it.</summary>
    public Route? Route { get; init; }

    /// <summary>True: from now on only the team's members may see it.</summary>
    public bool Restricts { get; init; }

    public override string? Before => From;

    public override string? After => To;
}

public sealed record PriorityChanged(int From, int To, string Impact, string Urgency) : TicketEvent
{
    public override string? Before => From.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string? After => To.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The person said that it is more pressing; <paramref name="To"/> is what their reasons make of it. <see cref="TicketEvent.Text"/> holds the reason.</summary>
public sealed record PriorityContested(int From, int To) : TicketEvent
{
    public DateTimeOffset? Deadline { get; init; }

    public override string? Before => From.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string? After => To.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public sealed record TypeChanged(string From, string To) : TicketEvent
{
    /// <summary>True: what seemed to be ordered is not ordered by this.</summary>
    public bool DropsItem { get; init; }

    public override string? Before => From;

    public override string? After => To;
}

public sealed record CategoryChanged(string? From, string To) : TicketEvent
{
    public string? Service { get; init; }

    /// <summary>True: from now on only the team's members may see it.</summary>
    public bool Restricts { get; init; }

    /// <summary>True: the closed circle found that it is nothing to keep there.</summary>
    public bool Opens { get; init; }

    public override string? Before => From;

    public override string? After => To;

    public override string Visible => "team";
}

/// <summary>Internal words.</summary>
public sealed record Noted : TicketEvent
{
    public override string Visible => "team";
}

/// <summary>Words to the person.</summary>
public sealed record Replied(DateTimeOffset? NextUpdate) : TicketEvent;

/// <summary>The person wrote; <paramref name="Change"/> is <c>said</c>, <c>edited</c> or <c>deleted</c>.</summary>
public sealed record UserMessaged(string Change) : TicketEvent
{
    public override string? After => Change;
}

public sealed record Attached(string Name) : TicketEvent
{
    // The file's name is the person's word: it stays out of what outsiders read.
    public override string? After => null;
}

public sealed record WaitingForUser(string From) : TicketEvent
{
    public override string? Before => From;
}

public sealed record Resumed(string To) : TicketEvent
{
    public override string? After => To;
}

public sealed record Approved(string Approver) : TicketEvent
{
    public override string? After => Approver;
}

public sealed record Rejected(string Approver) : TicketEvent
{
    public override string? After => Approver;
}

/// <summary>The next one has to approve, or somebody stands in for the one who was asked.</summary>
public sealed record ApprovalAsked(string Approver) : TicketEvent
{
    public override string? After => Approver;
}

public sealed record ApprovalDelegated(string From, string To) : TicketEvent
{
    public override string? Before => From;

    public override string? After => To;
}

/// <summary>The approver asks the person something before they decide.</summary>
public sealed record ApprovalQuestioned : TicketEvent;

public sealed record ApprovalReminded(string Approver) : TicketEvent
{
    public override string? After => Approver;
}

/// <summary>Nobody decided in time.</summary>
public sealed record ApprovalExpired(string Approver) : TicketEvent
{
    public override string? Before => Approver;
}

/// <summary>The work behind a request, as the item's workflow has it at this moment; a workflow that changes later does not change it.</summary>
public sealed record TasksPlanned(IReadOnlyList<TicketTask> Tasks) : TicketEvent
{
    public override string? After => string.Join(", ", Tasks.Select(task => task.Id));

    public override string Visible => "team";
}

/// <summary>The record's team does what other teams would have done: they may not see it any more. What one of them had claimed lies open again.</summary>
public sealed record TasksTakenOver(string Team) : TicketEvent
{
    public override string? After => Team;

    public override string Visible => "team";
}

/// <summary>One task went on; <paramref name="To"/> is one of <see cref="TaskState"/>.</summary>
public sealed record TaskMoved(string Task, string To) : TicketEvent
{
    public override string? After => $"{Task} {To}";
}

/// <summary>The fix is in place, as the owner says; the person is asked. <see cref="TicketEvent.Text"/> is the account in plain words.</summary>
public sealed record Resolved(string Owner) : TicketEvent;

public sealed record Reopened : TicketEvent;

public sealed record Closed(string Closure) : TicketEvent
{
    /// <summary>The article that solved it; <c>null</c> otherwise.</summary>
    public string? Article { get; init; }

    public override string? After => Closure;
}

public sealed record CancelledByPerson : TicketEvent;

/// <summary>This record is the same matter as another and closes with it.</summary>
public sealed record Merged(string Into) : TicketEvent
{
    public override string? After => Into;
}

public sealed record Linked(string Rel, string Other) : TicketEvent
{
    public override string? After => $"{Rel} {Other}";
}

/// <summary>Routine or novel, one of <see cref="WorkKind"/>: by the desk at first, by people later.</summary>
public sealed record WorkMarked(string From, string To) : TicketEvent
{
    public override string? Before => From;

    public override string? After => To;

    public override string Visible => "team";
}

/// <summary>Whom it is about became known.</summary>
public sealed record AffectedNamed(string Person) : TicketEvent
{
    public override string? After => Person;
}

public sealed record SurveySent : TicketEvent;

/// <summary>A survey came back with a name. Anonymous ones leave no event: it would lead back.</summary>
public sealed record SurveyAnswered : TicketEvent;

public sealed record ArticleTried(string Article) : TicketEvent
{
    public override string? After => Article;
}

/// <summary>The person is at this step of a long article, counted from 0.</summary>
public sealed record ArticleStepped(string Article, int Step) : TicketEvent
{
    public override string? After => $"{Article} {Step + 1}";
}

public sealed record TargetSet(DateTimeOffset ResponseDue, DateTimeOffset ResolutionDue, DateTimeOffset NextUpdate) : TicketEvent
{
    public string? Approver { get; init; }

    public override string? After => ResolutionDue.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public override string Visible => "team";
}

/// <summary>A question of the category's script has its answer, from the person or because it was known. <see cref="TicketEvent.Text"/> holds it.</summary>
public sealed record ScriptAnswered(string Script, string Question) : TicketEvent
{
    public override string? After => Question;
}

/// <summary>Something that is needed is not known yet, came to be known, or turned out not to be needed; <paramref name="To"/> is one of <see cref="FactState"/>.</summary>
public sealed record FactMarked(string Fact, string To) : TicketEvent
{
    public override string? After => $"{Fact} {To}";
}

/// <summary>Those who work on it say when it is done instead of what was promised; the promise they are measured by stays.</summary>
public sealed record ExpectationStated(DateTimeOffset Due) : TicketEvent
{
    public override string? After => Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Asked in good time, those who work on it said that it is done by <paramref name="Due"/>.</summary>
public sealed record HoldsOut(DateTimeOffset Due) : TicketEvent
{
    public override string Visible => "team";
}

/// <summary>The person was told that it is not done by <paramref name="Due"/>, and when they hear again.</summary>
public sealed record MissForeseen(DateTimeOffset Due, DateTimeOffset NextUpdate) : TicketEvent
{
    public override string? Before => Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public override string? After => NextUpdate.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Nobody answered in time: somebody above has it as well.</summary>
public sealed record Escalated(string To) : TicketEvent
{
    public override string? After => To;
}

/// <summary>Whether the one it is about wants it; <paramref name="To"/> is one of <see cref="AgreementState"/>.</summary>
public sealed record AgreementMarked(string To) : TicketEvent
{
    public override string? After => To;
}

/// <summary>Somebody on call was called, out of the team's hours.</summary>
public sealed record CalledIn(string Person) : TicketEvent
{
    public override string? After => Person;

    public override string Visible => "team";
}
