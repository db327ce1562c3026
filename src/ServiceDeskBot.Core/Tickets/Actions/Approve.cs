using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The approver says yes: the request goes to the team that fulfils it.</summary>
public sealed record Approve : TicketAction
{
    public override Right Needs => Right.Approve;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.State != TicketState.WaitingApproval)
        {
            turn.Refuse(Phrase.Key("approval.decided", ("ticket", ticket.Id)));
            return;
        }

        var approved = turn.Decision.Apply(ticket, new Approved(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id });
        if (!(await turn.Snapshot.MirrorsAsync(ticket.Id)).Any(mirror => mirror.Kind == MirrorKind.Team))
        {
            await turn.HangTeamCardsAsync(approved);
        }

        await turn.TellRequesterAsync(approved, Card.Of(Phrase.Key(
            "approval.approved",
            ("approver", turn.Actor.Name),
            ("ticket", ticket.Id),
            ("team", turn.Desk.Team(ticket.Team)?.Name ?? ""),
            ("due", Phrase.At(ticket.Resolution!.Due, MomentStyle.Day)))));
    }
}
