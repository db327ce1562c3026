using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The person changed or took back a message that had reached the ticket.</summary>
/// <param name="Words">The new words; empty when it was taken back.</param>
public sealed record ChangeMessage(string Post, string Words) : TicketAction
{
    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (await turn.Snapshot.TextOfPostAsync(ticket.Id, Post) is not { } text || text.Author != turn.Actor.Id || text.Text == Words)
        {
            return;
        }

        var deleted = Words.Length == 0;
        turn.Decision.Add(new ChangeText(text.Id, Words));
        turn.Decision.Apply(ticket, new UserMessaged(deleted ? "deleted" : "edited") { At = turn.Now, By = turn.Actor.Id, Text = text.Id });
        if (text.Kind == "description" && !deleted)
        {
            turn.Decision.Summarise(ticket, Intake.Summaries.Of(Words));
        }

        await turn.TellTeamAsync(
            ticket,
            deleted
                ? Card.Of(Phrase.Key("message.deleted", ("person", turn.Actor.Name)))
                : new Card([new TextPart(Phrase.Key("message.edited", ("person", turn.Actor.Name)), TextStyle.Subtle), new TextPart(Words, TextStyle.Quote)], []),
            ticket.Owner);
    }
}
