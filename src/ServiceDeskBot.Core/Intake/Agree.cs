using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.SelfService;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The one it is about says whether it is right that somebody asked for it in their name.</summary>
public sealed record Agree(bool Right) : TicketAction
{
    public override Right Needs => Tickets.Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Affected != turn.Actor.Id || ticket.Agreement != AgreementState.Asked)
        {
            turn.Refuse(Phrase.Key("behalf.not-asked", ("ticket", ticket.Id)));
            return;
        }

        var marked = turn.Decision.Apply(ticket, new AgreementMarked(Right ? AgreementState.Given : AgreementState.Refused) { At = turn.Now, By = turn.Actor.Id });
        var told = Card.Of(Phrase.Key(Right ? "behalf.agreed" : "behalf.refused", ("person", turn.Actor.Name), ("ticket", ticket.Id)));
        if (Right)
        {
            await turn.TellTeamAsync(marked, told, marked.Owner);
        }
        else
        {
            await new CancelTicket().DecideAsync(turn, marked);
            await turn.TellRequesterAsync(marked, told);
        }

        turn.Decision.Answer = new ShowCard(Card.Of(Phrase.Key(Right ? "behalf.you-agreed" : "behalf.you-refused", ("ticket", ticket.Id))));
    }
}
