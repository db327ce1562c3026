using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>What an event makes of a ticket, told a second time and on its own.</summary>
internal static class Shadowing
{
    public static void Apply(ShadowTicket ticket, TicketEvent happened)
    {
        if (ticket.IsOpen || happened is Reopened)
        {
            CountTime(ticket, happened.At);
        }

        ticket.Version++;
        switch (happened)
        {
            case Classified to:
                (ticket.Category, ticket.Impact, ticket.Urgency) = (to.Category, to.Impact, to.Urgency);
                ticket.Restricted |= to.Restricted;
                MoveTo(ticket, to.Team);
                break;
            case TargetSet to:
                (ticket.ResponseDue, ticket.ResolutionDue, ticket.ResolutionMet) = (to.ResponseDue, to.ResolutionDue, null);
                ticket.Approver = to.Approver ?? ticket.Approver;
                ticket.State = to.Approver is not null ? "waiting-approval" : ticket.State == "registered" ? "queued" : ticket.State;
                break;
            case Claimed by:
                TakeOver(ticket, by.Owner, happened.At);
                break;
            case Assigned to:
                TakeOver(ticket, to.To, happened.At);
                break;
            case Released:
                (ticket.Owner, ticket.State) = (null, "queued");
                break;
            case Joined who:
                ticket.Swarm.Add(who.Person);
                ticket.Helpers.Add(who.Person);
                break;
            case Left who:
                ticket.Swarm.Remove(who.Person);
                break;
            case ReRouted to:
                MoveTo(ticket, to.To);
                ticket.Restricted |= to.Restricts;
                (ticket.Owner, ticket.State) = (null, ticket.State == "registered" ? ticket.State : "queued");
                break;
            case PriorityChanged to:
                (ticket.Impact, ticket.Urgency) = (to.Impact, to.Urgency);
                break;
            case TypeChanged to:
                ticket.Type = to.To;
                break;
            case PriorityContested:
                ticket.Contested = true;
                break;
            case CategoryChanged to:
                ticket.Category = to.To;
                ticket.Restricted = !to.Opens && (ticket.Restricted || to.Restricts);
                break;
            case AffectedNamed who:
                ticket.Affected = who.Person;
                break;
            case Noted or Replied when ticket.State == "assigned":
                ticket.State = "in-progress";
                break;
            case WaitingForUser:
                ticket.State = "waiting-user";
                break;
            case Resumed to:
                ticket.State = to.To;
                break;
            case Approved by:
                ticket.State = "queued";
                ticket.ApprovedBy.Add(by.Approver);
                break;
            case ApprovalAsked of:
                (ticket.State, ticket.Approver, ticket.ApprovalReminders) = ("waiting-approval", of.Approver, 0);
                break;
            case ApprovalDelegated to:
                (ticket.Approver, ticket.ApprovalReminders) = (to.To, 0);
                break;
            case ApprovalReminded:
                ticket.ApprovalReminders++;
                break;
            case TasksPlanned planned:
                ticket.Tasks.AddRange(planned.Tasks.Select(task => new ShadowTask(task.Id) { Team = task.Team }));
                ticket.State = "in-progress";
                break;
            case TaskMoved moved:
                Move(ticket, moved);
                break;
            case TasksTakenOver taken:
                foreach (var task in ticket.Tasks.Where(task => task.Team is not null))
                {
                    (task.Team, task.State, task.Owner) = (taken.Team, task.State == "claimed" ? "open" : task.State, task.State == "claimed" ? null : task.Owner);
                }

                break;
            case Rejected:
                Close(ticket, "rejected", happened.At);
                break;
            case Resolved:
                ticket.State = "resolved";
                ticket.ResponseMet ??= ticket.ResponseDue is { } due ? happened.At <= due : null;
                ticket.ResolutionMet = ticket.ResolutionDue is { } until ? happened.At <= until : null;
                break;
            case Reopened:
                (ticket.State, ticket.Closed, ticket.Closure, ticket.ResolutionMet) = (ticket.Owner is null ? "queued" : "assigned", null, null, null);
                ticket.Reopened++;
                break;
            case Closed how:
                Close(ticket, how.Closure, happened.At);
                break;
            case CancelledByPerson:
                Close(ticket, "cancelled", happened.At);
                ticket.State = "cancelled";
                break;
            case ExpectationStated when ticket.State == "assigned":
                ticket.State = "in-progress";
                break;
            case Escalated to:
                ticket.Swarm.Add(to.To);
                ticket.Helpers.Add(to.To);
                break;
            case MissForeseen what:
                ticket.Foretold = what.Due;
                break;
            case FactMarked { To: "unknown" } what:
                ticket.Unknown.Add(what.Fact);
                break;
            case FactMarked what:
                ticket.Unknown.Remove(what.Fact);
                break;
            case Merged:
                Close(ticket, "duplicate", happened.At);
                break;
        }
    }

    private static void CountTime(ShadowTicket ticket, DateTimeOffset at)
    {
        if (!ticket.IsOpen)
        {
            // While it was closed nobody worked on it: to its person all of that was waiting, if it comes back.
            ticket.Wait += at - ticket.LastAt;
        }
        else if (ticket.State is "waiting-user" or "waiting-approval" or "resolved" or "registered")
        {
            ticket.Wait += at - ticket.LastAt;
        }
        else
        {
            ticket.Cycle += at - ticket.LastAt;
        }

        ticket.LastAt = at;
    }

    private static void Move(ShadowTicket ticket, TaskMoved moved)
    {
        var task = ticket.Tasks.Single(task => task.Id == moved.Task);
        task.State = moved.To;
        task.Owner = moved.To == "open" ? null : moved.To is "claimed" or "done" ? moved.By : task.Owner;
        if (moved.To == "claimed")
        {
            ticket.ResponseMet ??= ticket.ResponseDue is { } due ? moved.At <= due : null;
        }

        if (moved.To == "failed")
        {
            ticket.State = "queued";
        }
        else if (moved.To == "open" && ticket.State == "queued")
        {
            ticket.State = "in-progress";
        }
    }

    private static void TakeOver(ShadowTicket ticket, string owner, DateTimeOffset at)
    {
        ticket.Owner = owner;
        ticket.Swarm.Remove(owner);
        ticket.Helpers.Add(owner);
        ticket.State = ticket.State == "waiting-user" ? ticket.State : "assigned";
        ticket.ResponseMet ??= ticket.ResponseDue is { } due ? at <= due : null;
    }

    private static void MoveTo(ShadowTicket ticket, string? team)
    {
        ticket.Team = team;
        if (team is not null)
        {
            ticket.Teams.Add(team);
        }
    }

    private static void Close(ShadowTicket ticket, string closure, DateTimeOffset at) =>
        (ticket.State, ticket.Closure, ticket.Closed) = ("closed", closure, at);
}
