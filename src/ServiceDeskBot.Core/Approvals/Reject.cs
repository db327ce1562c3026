using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>The approver says no, with a reason that the person reads.</summary>
public sealed record Reject(string? Words) : ApproverAction
{
    protected override async ValueTask DecideWaitingAsync(TurnContext turn, Ticket ticket)
    {
        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = AskWords("reject", ticket, "reject");
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "reason", turn.Actor.Id, "user", Words);
        turn.Decision.Apply(ticket, new Rejected(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id, Text = text });
        await turn.TellRequesterAsync(ticket, new Card(
            [
                new TextPart(Phrase.Key("approval.rejected", ("approver", turn.Actor.Name), ("ticket", ticket.Id))),
                new TextPart(Words, TextStyle.Quote),
            ],
            []));
    }
}
