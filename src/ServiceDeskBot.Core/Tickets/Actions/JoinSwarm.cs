using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>I'm in</em>: joins the swarm. Pressed again, the agent leaves it.</summary>
public sealed record JoinSwarm : TicketAction
{
    public override Right Needs => Right.Work;

    public override ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Owner == turn.Actor.Id)
        {
            turn.Refuse(Phrase.Key("join.owner", ("ticket", ticket.Id)));
        }
        else if (ticket.Swarm.Contains(turn.Actor.Id))
        {
            turn.Decision.Apply(ticket, new Left(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id });
            turn.Refuse(Phrase.Key("join.left", ("ticket", ticket.Id)));
        }
        else
        {
            turn.Decision.Apply(ticket, new Joined(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id });
        }

        return ValueTask.CompletedTask;
    }
}
