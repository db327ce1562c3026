using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>Solved it</em>: an article was enough. The record of it counts what self-help is worth.</summary>
public sealed record SolveByArticle(string Article) : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (turn.Desk.Article(Article) is not { Audience: "user" } article)
        {
            turn.Refuse(Phrase.Key("article.unknown"));
            return;
        }

        var closed = turn.Decision.Apply(ticket, new Closed(TicketClosure.SelfSolved) { At = turn.Now, By = turn.Actor.Id, Article = article.Id });
        turn.End(RegisterQuery.Dialog);
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(closed, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }
}
