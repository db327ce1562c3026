using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>What the one who is asked can do about a request; too late once it is decided.</summary>
public abstract record ApproverAction : TicketAction
{
    public sealed override Right Needs => Right.Approve;

    public sealed override ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.State == TicketState.WaitingApproval)
        {
            return DecideWaitingAsync(turn, ticket);
        }

        turn.Refuse(Phrase.Key("approval.decided", ("ticket", ticket.Id)));
        return ValueTask.CompletedTask;
    }

    /// <param name="turn">The approver's.</param>
    /// <param name="ticket">Waits for a decision.</param>
    protected abstract ValueTask DecideWaitingAsync(TurnContext turn, Ticket ticket);
}
