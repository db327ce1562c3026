using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>Not this</em>: the article does not fit; the card goes on without it and remembers that it was tried.</summary>
public sealed record DeclineArticle(string Article) : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (!ticket.Offered.Contains(Article) || ticket.Tried.Contains(Article))
        {
            turn.Refuse(Phrase.Key("article.unknown"));
            return;
        }

        var changed = turn.Decision.Apply(ticket, new ArticleTried(Article) { At = turn.Now, By = turn.Actor.Id });
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(changed, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }
}
