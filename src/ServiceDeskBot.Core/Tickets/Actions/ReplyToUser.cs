using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>Words that the person sees. Always explicit: nothing said in the team's thread reaches them by itself.</summary>
public sealed record ReplyToUser(string? Words) : TicketAction
{
    public override Right Needs => Right.Work;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = AskWords("reply", ticket, "reply");
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "reply", turn.Actor.Id, "user", Words);
        turn.Decision.Apply(ticket, new Replied(Promises.NextUpdate(ticket, turn.Desk, turn.Now)) { At = turn.Now, By = turn.Actor.Id, Text = text });
        await turn.TellRequesterAsync(ticket, new Card(
            [
                new TextPart(Phrase.Key("reply.from", ("agent", turn.Actor.Name), ("ticket", ticket.Id)), TextStyle.Subtle),
                new TextPart(Words),
            ],
            []));
        await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("reply.told", ("agent", turn.Actor.Name), ("words", Words))));
    }
}
