using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The owner gives the ticket back, with a word on where it stands; it is visibly unowned until somebody claims it.</summary>
public sealed record Release(string? Words) : TicketAction
{
    public override Right Needs => Right.Work;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Owner is null)
        {
            turn.Refuse(Phrase.Key("release.unowned", ("ticket", ticket.Id)));
            return;
        }

        if (ticket.Owner != turn.Actor.Id && turn.Desk.Team(ticket.Team)?.Lead != turn.Actor.Id)
        {
            turn.Refuse(Phrase.Key("release.not-yours", ("owner", await turn.NameAsync(ticket.Owner))));
            return;
        }

        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = AskWords("release", ticket, "release");
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "note", turn.Actor.Id, "team", Words);
        turn.Decision.Apply(ticket, new Released(ticket.Owner) { At = turn.Now, By = turn.Actor.Id, Text = text });
        await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("release.told", ("agent", turn.Actor.Name), ("ticket", ticket.Id), ("words", Words))));
    }
}
