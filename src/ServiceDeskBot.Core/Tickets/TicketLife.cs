using System.Diagnostics;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>How a ticket changes: the only place that makes a ticket's state, one event at a time.</summary>
public static class TicketLife
{
    /// <summary>The ticket that its events tell, from the first (<see cref="Registered"/>) on; <c>null</c> for no events.</summary>
    public static Ticket? Replay(IEnumerable<TicketEvent> events) => events.Aggregate((Ticket?)null, Apply);

    /// <summary>The ticket after one more event.</summary>
    /// <param name="ticket"><c>null</c> only before <see cref="Registered"/>.</param>
    public static Ticket Apply(Ticket? ticket, TicketEvent happened)
    {
        if (happened is Registered registered)
        {
            return Begin(registered);
        }

        Debug.Assert(ticket is not null, "a ticket begins with Registered");
        return Change(ticket, happened) with { Version = ticket.Version + 1 };
    }

    private static Ticket Begin(Registered happened) => new()
    {
        Id = happened.Id,
        Type = happened.Type,
        State = TicketState.Registered,
        Reporter = happened.Reporter,
        Affected = happened.Affected,
        Channel = happened.Channel,
        Opened = happened.Opened,
        Item = happened.Item,
        Links = happened.FromQuery is null ? [] : [new TicketLink("from", happened.FromQuery)],
        Version = 1,
    };

    private static Ticket Change(Ticket ticket, TicketEvent happened) => happened switch
    {
        Classified to => ticket with
        {
            Service = to.Service,
            Category = to.Category,
            Team = to.Team,
            Impact = to.Impact,
            Urgency = to.Urgency,
            Priority = to.Priority,
            Prediction = to.Prediction ?? ticket.Prediction,
            Evidence = to.Evidence,
            Deadline = to.Deadline,
            Offered = to.Offered,
            Item = to.Item ?? ticket.Item,
            Frustrated = ticket.Frustrated || to.Frustrated,
            Restricted = ticket.Restricted || to.Restricted,
            Asks = to.Asks,
            Route = to.Route ?? ticket.Route,
        },
        Converted to => Link(ticket, "became", to.Became),
        Confirmed => ticket with { Confirmed = true },
        Unconfirmed => ticket with { Confirmed = false },
        TargetSet to => ticket with
        {
            Response = new Target(to.ResponseDue, ticket.Response?.Met),
            Resolution = new Target(to.ResolutionDue, null),
            NextUpdate = to.NextUpdate,
            Expected = null,
            Approver = to.Approver ?? ticket.Approver,
            State = to.Approver is not null ? TicketState.WaitingApproval : ticket.State == TicketState.Registered ? TicketState.Queued : ticket.State,
            Step = ticket.Step == "register" ? "investigate" : ticket.Step,
        },
        Claimed by => Own(ticket, by.Owner, happened.At),
        Assigned to => Own(ticket, to.To, happened.At),
        Released => ticket with { Owner = null, OwnedSince = null, State = TicketState.Queued },
        Joined who => ticket with { Swarm = [.. ticket.Swarm.Where(person => person != who.Person), who.Person] },
        Left who => ticket with { Swarm = [.. ticket.Swarm.Where(person => person != who.Person)] },
        ReRouted to => ticket with { Team = to.To, Restricted = ticket.Restricted || to.Restricts, Route = to.Route ?? new Route(Route.Person, []), Owner = null, OwnedSince = null, State = ticket.State == TicketState.Registered ? ticket.State : TicketState.Queued },
        PriorityChanged to => ticket with { Priority = to.To, Impact = to.Impact, Urgency = to.Urgency },
        PriorityContested by => ticket with { Contested = true, Deadline = by.Deadline ?? ticket.Deadline },
        TypeChanged to => ticket with { Type = to.To, Item = to.DropsItem ? null : ticket.Item },
        CategoryChanged to => ticket with { Category = to.To, Service = to.Service ?? ticket.Service, Restricted = !to.Opens && (ticket.Restricted || to.Restricts) },
        Replied reply => Working(ticket) with { NextUpdate = reply.NextUpdate ?? ticket.NextUpdate },
        WaitingForUser => ticket with { State = TicketState.WaitingUser },
        Resumed to => ticket with { State = to.To },
        Approved by => ticket with { State = TicketState.Queued, ApprovedBy = [.. ticket.ApprovedBy, by.Approver], ApprovalQuestioned = false },
        ApprovalAsked of => ticket with { State = TicketState.WaitingApproval, Approver = of.Approver, ApprovalReminders = 0, ApprovalQuestioned = false },
        ApprovalDelegated to => ticket with { Approver = to.To, ApprovalReminders = 0 },
        ApprovalQuestioned => ticket with { ApprovalQuestioned = true },
        ApprovalReminded => ticket with { ApprovalReminders = ticket.ApprovalReminders + 1 },
        ApprovalExpired => ticket,
        TasksPlanned planned => ticket with { Tasks = planned.Tasks, State = TicketState.InProgress },
        TaskMoved moved => Move(ticket, moved),
        TasksTakenOver taken => ticket with { Tasks = [.. ticket.Tasks.Select(task => TakeOver(task, taken.Team))] },
        Rejected => Close(ticket, TicketClosure.Rejected, happened.At),
        Resolved => ticket with
        {
            State = TicketState.Resolved,
            Step = "verify",
            Resolved = happened.At,
            Response = Meet(ticket.Response, happened.At),
            Resolution = Judge(ticket.Resolution, happened.At),
        },
        Reopened => ticket with
        {
            State = ticket.Owner is null ? TicketState.Queued : TicketState.Assigned,
            Step = "investigate",
            Resolved = null,
            Closed = null,
            Closure = null,
            Reopened = ticket.Reopened + 1,
            Resolution = ticket.Resolution is null ? null : ticket.Resolution with { Met = null },
        },
        Closed how => Close(ticket, how.Closure, happened.At),
        CancelledByPerson => Close(ticket, TicketClosure.Cancelled, happened.At) with { State = TicketState.Cancelled },
        Merged into => Link(Close(ticket, TicketClosure.Duplicate, happened.At), "duplicate-of", into.Into),
        Linked to => Link(ticket, to.Rel, to.Other),
        WorkMarked to => ticket with { Work = to.To },
        AffectedNamed who => ticket with { Affected = who.Person },
        ArticleTried what => ticket with { Tried = [.. ticket.Tried.Where(article => article != what.Article), what.Article] },
        ScriptAnswered to => ticket with { Script = to.Script },
        ExpectationStated to => Working(ticket) with { Expected = to.Due, NextUpdate = to.Due },
        HoldsOut to => ticket with { Holds = to.Due },
        MissForeseen what => ticket with { Foretold = what.Due, NextUpdate = what.NextUpdate },
        ArticleStepped to => ticket with { At = new ArticleStep(to.Article, to.Step) },
        Escalated to => ticket with { Escalated = [.. ticket.Escalated, to.To], Swarm = [.. ticket.Swarm.Where(person => person != to.To), to.To] },
        AgreementMarked to => ticket with { Agreement = to.To },
        FactMarked what => ticket with { Unknown = [.. ticket.Unknown.Where(fact => fact != what.Fact), .. what.To == FactState.Unknown ? new[] { what.Fact } : []] },
        CalledIn who => ticket with { Called = [.. ticket.Called, who.Person] },
        Noted => Working(ticket),
        UserMessaged => ticket with { ApprovalQuestioned = false },
        Attached or SurveySent or SurveyAnswered => ticket,
        _ => throw new UnreachableException($"No change for {happened.GetType().Name}"),
    };

    private static Ticket Own(Ticket ticket, string owner, DateTimeOffset at) => ticket with
    {
        Owner = owner,
        OwnedSince = at,
        Swarm = [.. ticket.Swarm.Where(person => person != owner)],
        State = ticket.State == TicketState.WaitingUser ? ticket.State : TicketState.Assigned,
        Response = Meet(ticket.Response, at),
    };

    /// <summary>A task that goes on keeps the whole in work; one that failed needs people.</summary>
    private static Ticket Move(Ticket ticket, TaskMoved moved) => ticket with
    {
        Tasks = [.. ticket.Tasks.Select(task => task.Id != moved.Task ? task : task with
        {
            State = moved.To,
            Owner = moved.To switch
            {
                TaskState.Open => null,
                TaskState.Claimed or TaskState.Done => moved.By,
                _ => task.Owner,
            },
        })],
        Response = moved.To == TaskState.Claimed ? Meet(ticket.Response, moved.At) : ticket.Response,
        State = moved.To switch
        {
            TaskState.Failed => TicketState.Queued,
            TaskState.Open when ticket.State is TicketState.Queued => TicketState.InProgress,
            _ => ticket.State,
        },
    };

    private static TicketTask TakeOver(TicketTask task, string team) => task switch
    {
        { Team: null } => task,
        { State: TaskState.Claimed } => task with { Team = team, State = TaskState.Open, Owner = null },
        _ => task with { Team = team },
    };

    /// <summary>The first word of an owner, internal or not, shows that work has begun.</summary>
    private static Ticket Working(Ticket ticket) => ticket.State == TicketState.Assigned ? ticket with { State = TicketState.InProgress } : ticket;

    private static Ticket Close(Ticket ticket, string closure, DateTimeOffset at) => ticket with
    {
        State = TicketState.Closed,
        Step = closure is TicketClosure.Confirmed or TicketClosure.NotConfirmed or TicketClosure.Fulfilled ? "feedback" : ticket.Step,
        Closed = at,
        Closure = closure,
        Resolved = ticket.Resolved ?? (closure is TicketClosure.SelfSolved or TicketClosure.Answered ? at : null),
    };

    private static Ticket Link(Ticket ticket, string rel, string other) => ticket with { Links = [.. ticket.Links, new TicketLink(rel, other)] };

    private static Target? Meet(Target? target, DateTimeOffset at) => target is null || target.Met is not null ? target : Judge(target, at);

    private static Target? Judge(Target? target, DateTimeOffset at) => target is null ? null : target with { Met = at <= target.Due };
}
