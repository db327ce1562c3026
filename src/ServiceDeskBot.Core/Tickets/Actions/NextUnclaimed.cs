using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>Shows the agent the most urgent ticket of the team that nobody has taken.</summary>
public sealed record NextUnclaimed : TicketAction
{
    public override Right Needs => Right.Work;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var waiting = await turn.Snapshot.TicketsAsync(new TicketFilter(State: TicketState.Queued, Team: ticket.Team, OpenOnly: true, Limit: 200));
        var next = waiting.Where(other => other.Owner is null && other.Id != ticket.Id).OrderBy(other => other.Priority).ThenBy(other => other.Opened).FirstOrDefault();
        if (next is null)
        {
            turn.Refuse(Phrase.Key("claim.none-left"));
            return;
        }

        turn.Decision.Answer = new Tell(new Card(
            [
                new TextPart(Phrase.Key("claim.next-is", ("ticket", next.Id))),
                new TextPart(await turn.Snapshot.SummaryAsync(next.Id), TextStyle.Quote),
            ],
            [new Button(Phrase.Key("button.claim"), "claim", Of(next)) { Style = ButtonStyle.Primary }]));
    }
}
