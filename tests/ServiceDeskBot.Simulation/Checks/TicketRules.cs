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
            case Joined or Left or Noted or Replied or WaitingForUser or PriorityChanged or TypeChanged or CategoryChanged or Merged:
                ByWorker();
                break;
            case Assigned to:
                ByWorker();
                Must(_desk.Team(ticket.Team)!.Members.Contains(to.To), "work goes to the team");
                break;
            case ReRouted to:
                ByWorker();
                Must(_desk.Team(to.To) is not null, "a team that exists");
                break;
            case Resolved by:
                ByWorker();
                Must(ticket.Owner is not null && ticket.Owner == by.Owner, "a fix has an owner");
                Must(ticket.State != TicketState.Resolved, "a fix comes once");
                break;
            case Approved or Rejected:
                Must(happened.By == _approver && happened.By != ticket.Reporter && happened.By != ticket.Affected, "the approver approves, and not for themselves");
                Must(ticket.State == TicketState.WaitingApproval, "what waits for approval is approved");
                break;
            case Reopened:
                ByPerson();
                Must(ticket.State is TicketState.Resolved or TicketState.Closed, "what was fixed is reopened");
                Must(ticket.Closed is not { } closed || happened.At - closed <= _desk.Policies.Verification.Grace, "a reopening comes in time");
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
                || happened is not (Claimed or Assigned or ReRouted or Resolved or Released or Resumed or WaitingForUser),
            "nothing goes round an approval");

        void ByWorker() => Must(happened.By == DeskItself || _workers.Contains(happened.By), "the team works on it");

        void ByPerson() => Must(happened.By == ticket.Reporter || happened.By == ticket.Affected, "the person themselves decides");

        void Must(bool holds, string rule) => _audit.Must(holds, rule, $"{ticket.Id} ({ticket.State}, {ticket.Team}, owner {ticket.Owner}): {happened.Kind} by {happened.By}");
    }
}
