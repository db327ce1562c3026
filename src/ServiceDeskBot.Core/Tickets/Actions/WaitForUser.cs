using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The team needs the person's answer first. Resumes by itself when they write.</summary>
/// <param name="Words">The question; without one the person is asked to look at what was said last.</param>
public sealed record WaitForUser(string? Words) : TicketAction
{
    public override Right Needs => Right.Work;

    public override bool AfterApproval => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.State is TicketState.WaitingUser or TicketState.Resolved)
        {
            turn.Refuse(Phrase.Key("wait.not-now", ("ticket", ticket.Id)));
            return;
        }

        var text = string.IsNullOrWhiteSpace(Words) ? null : turn.Decision.Keep(ticket.Id, "reply", turn.Actor.Id, "user", Words);
        turn.Decision.Apply(ticket, new WaitingForUser(ticket.State) { At = turn.Now, By = turn.Actor.Id, Text = text });
        var ask = Phrase.Key("wait.asked", ("agent", turn.Actor.Name), ("ticket", ticket.Id));
        await turn.TellRequesterAsync(ticket, text is null ? Card.Of(ask) : new Card([new TextPart(ask), new TextPart(Words!)], []));
    }
}
