using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>New issue instead</em>: what was added to a ticket becomes a query of its own.</summary>
/// <param name="Text">The text row that was added.</param>
public sealed record NewIssueInstead(string Text) : TicketAction
{
    private const string MovedTo = "moved-to";

    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var texts = await turn.Snapshot.TextsAsync(ticket.Id);
        if (texts.FirstOrDefault(text => text.Id == Text && text.Author == turn.Actor.Id) is not { Text.Length: > 0 } added)
        {
            turn.Refuse(Phrase.Key("ticket.unknown", ("ticket", ticket.Id)));
            return;
        }

        turn.Decision.Answer = new ShowCard(Card.Of(Phrase.Key("message.moved-user", ("ticket", ticket.Id))));
        if ((await turn.Snapshot.EventsAsync(ticket.Id)).OfType<Linked>().Any(link => link.Rel == MovedTo && link.Text == Text))
        {
            // A second tap, or one on a card that was posted twice.
            return;
        }

        var query = await new RegisterQuery(added.Text, null, []).DecideAsync(turn);
        turn.Decision.Apply(ticket, new Linked(MovedTo, query.Id) { At = turn.Now, By = turn.Actor.Id, Text = Text });
        await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("message.moved", ("person", turn.Actor.Name), ("ticket", query.Id))), ticket.Owner);
    }
}
