using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>Done</em> under a step of a long article: the card goes on with the next one, and people see how far it went.</summary>
/// <param name="Step">The step that is done, from 0.</param>
public sealed record StepArticle(string Article, int Step) : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (turn.Desk.Article(Article) is not { Audience: "user" } article || !ticket.Offered.Contains(Article) || ticket.Tried.Contains(Article) || Step < 0 || Step >= article.Steps.Count - 1)
        {
            turn.Refuse(Phrase.Key("article.unknown"));
            return;
        }

        var stepped = turn.Decision.Apply(ticket, new ArticleStepped(Article, Step + 1) { At = turn.Now, By = turn.Actor.Id });
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(stepped, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }
}
