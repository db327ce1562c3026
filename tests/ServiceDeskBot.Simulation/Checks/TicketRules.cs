using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>Who may let what happen to a ticket, and when. Rights are those of the moment before the change.</summary>
internal sealed class TicketRules
{
    private const string DeskItself = "desk";

    private readonly DeskContent _desk;
    private readonly Audit _audit;
    private readonly HashSet<string> _workers = new(StringComparer.Ordinal);
    private readonly string? _approver;
    private readonly bool _waitsForApproval;

    /// <summary>Who has contested the priority within this change; <c>null</c>: nobody.</summary>
    private string? _contests;

    public TicketRules(DeskContent desk, Audit audit, ShadowTicket? before)
    {
        (_desk, _audit) = (desk, audit);
        _approver = before?.Approver;
        _waitsForApproval = before?.State == TicketState.WaitingApproval;
        _workers.UnionWith(before?.Swarm ?? []);
        _workers.UnionWith(desk.Team(before?.Team)?.Members ?? []);
        if (before?.Owner is { } owner)
        {
            _workers.Add(owner);
        }
    }

    public void Check(ShadowTicket ticket, TicketEvent happened)
    {
        Must(ticket.IsOpen || happened is Reopened or UserMessaged or Attached or Noted or Replied or Linked or SurveySent or SurveyAnswered, "what is closed stays closed");
        switch (happened)
        {
            case Claimed by:
                ByWorker();
                Must(ticket.Owner is null, "one owner");
                Must(by.Owner == happened.By, "one claims for oneself");
                Must(ticket.State is not (TicketState.Resolved or TicketState.WaitingApproval), "a claim comes before the fix and after the approval");
                break;
            case Released from:
                ByWorker();
                Must(ticket.Owner == from.Owner && (ticket.Owner == happened.By || _desk.Team(ticket.Team)?.Lead == happened.By), "the owner or the lead gives it back");
                break;
            case PriorityContested by:
                ByPerson();
                Must(!ticket.Contested, "a priority is contested once");
                Must(by.To <= by.From, "contesting makes nothing less pressing");
                _contests = happened.By;
                break;
            case PriorityChanged to when _contests == happened.By:
                Must(to.To < to.From, "contesting makes nothing less pressing");
                break;
            case Merged when ticket.Type == "query":
                ByPerson();
                break;
            case WorkMarked or Joined or Left or Noted or Replied or WaitingForUser or PriorityChanged or TypeChanged or CategoryChanged or Merged:
                ByWorker();
                break;
            case ExpectationStated to:
                ByWorker();
                Must(to.Due > happened.At, "a stated time lies ahead");
                break;
            case HoldsOut to:
                ByWorker();
                Must(to.Due > happened.At, "a stated time lies ahead");
                break;
            case MissForeseen what:
                ByDesk();
                Must(ticket.Foretold != what.Due, "a miss is told once");
                break;
            case ArticleStepped when happened.By != DeskItself:
                ByPerson();
                break;
            case Escalated:
                ByDesk();
                Must(ticket.Type == "complaint", "a complaint goes up");
                break;
            case AgreementMarked { To: "asked" }:
                ByDesk();
                break;
            case AgreementMarked:
                Must(happened.By == ticket.Affected && ticket.Affected != ticket.Reporter, "the one it is about agrees");
                break;
            case FactMarked:
                Must(happened.By == ticket.Reporter || happened.By == ticket.Affected || _workers.Contains(happened.By), "the person or the team says what is known");
                break;
            case AffectedNamed:
                ByPerson();
                break;
            case Assigned to:
                ByWorker();
                Must(ticket.State != TicketState.Resolved, "what is solved is given to nobody");
                Must(_desk.Team(ticket.Team)!.Members.Contains(to.To) || (ticket.Type == "idea" && happened.By == DeskItself), "work goes to the team, an idea to whoever owns the service");
                break;
            case ReRouted to:
                ByWorker();
                Must(_desk.Team(to.To) is not null, "a team that exists");
                break;
            case Resolved by:
                Must(happened.By == DeskItself ? EndsWork(ticket, by) : _workers.Contains(happened.By), "the team works on it");
                Must((ticket.Owner is not null && ticket.Owner == by.Owner) || EndsWork(ticket, by), "a fix has an owner, or all its tasks are done");
                Must(ticket.State != TicketState.Resolved, "a fix comes once");
                Must(ticket.Unknown.Count == 0, "nothing is resolved while something is not known");
                break;
            case Approved or Rejected:
                Must(happened.By == _approver && happened.By != ticket.Reporter && happened.By != ticket.Affected, "the approver approves, and not for themselves");
                Must(ticket.State == TicketState.WaitingApproval, "what waits for approval is approved");
                break;
            case ApprovalAsked of:
                ByDesk();
                Must(of.Approver != ticket.Reporter && of.Approver != ticket.Affected && !ticket.ApprovedBy.Contains(of.Approver), "each approves once, and not for themselves");
                break;
            case ApprovalDelegated to:
                Must(happened.By == DeskItself || happened.By == _approver, "the approver hands it on, or the desk to who stands in");
                Must(to.To != ticket.Reporter && to.To != ticket.Affected, "the approver approves, and not for themselves");
                WaitsForApproval();
                break;
            case ApprovalQuestioned:
                Must(happened.By == _approver, "the approver asks back");
                WaitsForApproval();
                break;
            case ApprovalReminded or ApprovalExpired:
                ByDesk();
                Must(happened is not ApprovalReminded || ticket.ApprovalReminders < _desk.Policies.Approval.Reminders, "nobody is reminded for ever");
                WaitsForApproval();
                break;
            case TasksPlanned:
                ByDesk();
                Must(ticket.Tasks.Count == 0, "work is planned once");
                break;
            case TasksTakenOver taken:
                ByDesk();
                Must(ticket.Restricted && taken.Team == ticket.Team, "the closed team does what is left");
                break;
            case TaskMoved moved:
                CheckTask(ticket, moved, Must);
                break;
            case Reopened:
                ByPerson();
                Must(ticket.State is TicketState.Resolved or TicketState.Closed or TicketState.Cancelled, "what was fixed or taken back is reopened");
                Must(ticket.Closure is not ("rejected" or "duplicate" or "converted"), "what was decided or became another record is not reopened");
                Must(ticket.Closed is not { } closed || happened.At - closed <= _desk.Policies.Verification.Grace, "a reopening comes in time");
                break;
            case Closed { Closure: TicketClosure.Cancelled }:
                ByDesk();
                Must(_waitsForApproval, "the desk cancels only what nobody approved");
                break;
            case Closed { Closure: TicketClosure.Fulfilled } when happened.By == DeskItself:
                Must(ticket.State == TicketState.Resolved && ticket.Tasks.Count > 0 && ticket.Tasks.TrueForAll(task => task.Team is null), "only what programs did is over at once");
                break;
            case Closed { Closure: TicketClosure.Confirmed or TicketClosure.Fulfilled }:
                ByPerson();
                Must(ticket.State == TicketState.Resolved, "what was fixed is confirmed");
                break;
            case Closed { Closure: TicketClosure.NotConfirmed }:
                Must(happened.By == DeskItself && ticket.State == TicketState.Resolved, "silence closes what was fixed");
                break;
            case Closed { Closure: TicketClosure.SelfSolved } or UserMessaged or Attached or ArticleTried or CancelledByPerson when happened.By != DeskItself:
                ByPerson();
                break;
            case Confirmed:
                ByPerson();
                break;
        }

        // An approval that can be gone round is none.
        Must(
            !_waitsForApproval || ticket.State != TicketState.WaitingApproval
                || happened is not (Claimed or Assigned or ReRouted or Resolved or Released or Resumed or WaitingForUser or TasksPlanned or TaskMoved),
            "nothing goes round an approval");

        void ByWorker() => Must(happened.By == DeskItself || _workers.Contains(happened.By), "the team works on it");

        void ByDesk() => Must(happened.By == DeskItself, "the desk does this by itself");

        void WaitsForApproval() => Must(ticket.State == TicketState.WaitingApproval, "what waits for approval is approved");

        void ByPerson() => Must(happened.By == ticket.Reporter || happened.By == ticket.Affected, "the person themselves decides");

        void Must(bool holds, string rule) => _audit.Must(holds, rule, $"{ticket.Id} ({ticket.State}, {ticket.Team}, owner {ticket.Owner}): {happened.Kind} by {happened.By}");
    }

    private static bool EndsWork(ShadowTicket ticket, Resolved by) => by.Owner == DeskItself && ticket.Tasks.Count > 0 && ticket.Tasks.TrueForAll(task => task.IsDone);

    private void CheckTask(ShadowTicket ticket, TaskMoved moved, Action<bool, string> must)
    {
        var task = ticket.Tasks.Find(task => task.Id == moved.Task);
        must(task is not null, "a task was planned");
        var was = task?.State;
        switch (moved.To)
        {
            case "claimed" or "done" when moved.By != DeskItself:
                must(_desk.Team(task?.Team) is not { } team || team.Members.Contains(moved.By), "a task is done by its team");
                must(was == "open" || (was == "claimed" && moved.To == "done"), "what is open is claimed and done");
                break;
            case "confirmed":
                must(moved.By == ticket.Reporter || moved.By == ticket.Affected, "the person themselves decides");
                must(was == "done", "what is done is confirmed");
                break;
            case "open":
                must(task?.Team is not null && was is "waiting" or "done" or "confirmed", "what waits, or is missing, is opened");
                break;
            default:
                must(moved.By == DeskItself && task?.Team is null, "programs do what they are asked");
                must(
                    was == moved.To switch { "calling" => "waiting", "undoing" => "done", "undone" => "undoing", "done" => "calling", _ => was is "undoing" ? "undoing" : "calling" },
                    "programs do what they are asked");
                break;
        }
    }
}
