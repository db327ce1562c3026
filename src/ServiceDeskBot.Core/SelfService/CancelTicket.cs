using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.SelfService;

/// <summary>The person does not need it any more. Whoever works on it hears it; within the grace time it can be opened again.</summary>
public sealed record CancelTicket : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var cancelled = turn.Decision.Apply(ticket, new CancelledByPerson { At = turn.Now, By = turn.Actor.Id });
        turn.End(RegisterQuery.Dialog);
        turn.End(ClarifyQuery.Dialog);
        await turn.TellTeamAsync(cancelled, Card.Of(Phrase.Key("own.told-cancelled", ("person", turn.Actor.Name), ("ticket", ticket.Id))), ticket.Owner);
    }
}

/// <summary>The ticket that may be cancelled, until the person has said yes.</summary>
public sealed record CancelState(string Ticket)
{
    /// <summary>The dialog's name, and the action of its buttons.</summary>
    public const string Dialog = "cancel";
}
