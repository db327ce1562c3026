using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>Something a person does with a ticket. One file each: the command, what it changes, its refusals, its event.</summary>
public abstract record TicketAction
{
    /// <summary>What one must be allowed to do; checked before <see cref="DecideAsync"/>.</summary>
    public abstract Right Needs { get; }

    /// <summary>True where it makes sense on a closed ticket.</summary>
    public virtual bool OnClosed => false;

    /// <summary>True for what begins work, moves it or promises something about it: nothing of that goes round an approval.</summary>
    public virtual bool AfterApproval => false;

    /// <summary>Decides on the snapshot and adds to the decision; a refusal is an answer and changes nothing.</summary>
    public abstract ValueTask DecideAsync(TurnContext turn, Ticket ticket);

    /// <summary>Checks what holds for every action, then decides.</summary>
    public async ValueTask TakeAsync(TurnContext turn, string ticketId)
    {
        if (await turn.TicketAsync(ticketId) is not { } ticket)
        {
            turn.Refuse(Phrase.Key("ticket.unknown", ("ticket", ticketId)));
        }
        else if (Rights.Refusal(turn.Actor, Needs, ticket, turn.Desk) is { } refusal)
        {
            turn.Refuse(refusal);
        }
        else if (Needs is not Right.Own && !await ClosedCircle.MayBeShownHereAsync(turn, ticket))
        {
            turn.Refuse(Phrase.Key("restricted.elsewhere"));
        }
        else if (!ticket.IsOpen && !OnClosed)
        {
            turn.Refuse(Phrase.Key("ticket.closed", ("ticket", ticket.Id)));
        }
        else if (AfterApproval && ticket.State == TicketState.WaitingApproval)
        {
            turn.Refuse(Phrase.Key("approval.first", ("ticket", ticket.Id)));
        }
        else
        {
            await DecideAsync(turn, ticket);
        }
    }

    /// <summary>The form that asks for the words an action needs.</summary>
    protected static ShowForm AskWords(string action, Ticket ticket, string textKey, params CardPart[] more) => new(new Form(
        action,
        Phrase.Key($"{textKey}.title", ("ticket", ticket.Id)),
        Phrase.Key($"{textKey}.submit"),
        [.. more, new InputPart("text", Phrase.Key($"{textKey}.label"), InputKind.LongText, Required: true)],
        Of(ticket)));

    protected static Dictionary<string, string> Of(Ticket ticket) => new(StringComparer.Ordinal) { ["ticket"] = ticket.Id };
}
