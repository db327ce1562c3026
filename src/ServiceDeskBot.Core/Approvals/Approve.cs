using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>The approver says yes: the next one is asked, or the work begins.</summary>
public sealed record Approve : ApproverAction
{
    protected override async ValueTask DecideWaitingAsync(TurnContext turn, Ticket ticket)
    {
        var approved = turn.Decision.Apply(ticket, new Approved(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id });
        approved = await Approval.GoOnAsync(turn, approved);
        await turn.TellRequesterAsync(approved, Card.Of(approved.State == TicketState.WaitingApproval
            ? Phrase.Key("approval.next", ("approver", turn.Actor.Name), ("ticket", ticket.Id), ("next", await turn.NameAsync(approved.Approver)))
            : Phrase.Key(
                "approval.approved",
                ("approver", turn.Actor.Name),
                ("ticket", ticket.Id),
                ("team", turn.Desk.Team(ticket.Team)?.Name ?? ""),
                ("due", Phrase.At(ticket.Resolution!.Due, MomentStyle.Day)))));
    }
}
