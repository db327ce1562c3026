using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The rest of a text that was cut on a card.</summary>
public sealed record ShowAll : TicketAction
{
    public override Right Needs => Right.See;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var texts = await turn.Snapshot.TextsAsync(ticket.Id);
        var agent = Rights.Refusal(turn.Actor, Right.Work, ticket, turn.Desk) is null;
        var parts = new List<CardPart> { new TextPart(Phrase.Key("show-all.title", ("ticket", ticket.Id)), TextStyle.Heading) };
        foreach (var text in texts.Where(text => (agent || text.Visible == "user") && text.Kind != Intake.SplitQuery.PartKind && text.Text.Length > 0))
        {
            parts.Add(new TextPart(Phrase.Key("show-all.by", ("person", await turn.NameAsync(text.Author)), ("at", Phrase.At(text.At))), TextStyle.Subtle));
            parts.Add(new TextPart(text.Text));
        }

        turn.Decision.Answer = new Tell(new Card(parts, []));
    }
}
