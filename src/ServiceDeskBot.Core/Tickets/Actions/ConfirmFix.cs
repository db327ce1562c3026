using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>Yes, thanks</em>: the ticket closes as confirmed, and feedback may follow.</summary>
public sealed record ConfirmFix : TicketAction
{
    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.State != TicketState.Resolved)
        {
            turn.Refuse(Phrase.Key(ticket.IsOpen ? "verify.not-yet" : "verify.already-closed", ("ticket", ticket.Id)));
            return;
        }

        foreach (var task in ticket.Tasks.Where(task => task.State == TaskState.Done))
        {
            ticket = turn.Decision.Apply(ticket, new TaskMoved(task.Id, TaskState.Confirmed) { At = turn.Now, By = turn.Actor.Id });
        }

        var closure = ticket.Type == "request" ? TicketClosure.Fulfilled : TicketClosure.Confirmed;
        var closed = turn.Decision.Apply(ticket, new Closed(closure) { At = turn.Now, By = turn.Actor.Id });
        Verification.ReplaceQuestion(turn, closed, Card.Of(Phrase.Key("verify.thanks", ("ticket", ticket.Id))));
        await turn.TellTeamAsync(closed, Card.Of(Phrase.Key("verify.told-yes", ("person", turn.Actor.Name), ("ticket", ticket.Id))), ticket.Owner);
        await SurveyOffer.AfterClosingAsync(turn, closed);
    }
}
