using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>
/// "It still does not work", of what an article seemed to have solved: a query with the words of the one before and these, so that nobody
/// tells it twice, and without that article.
/// </summary>
internal static class BackAfterArticle
{
    public static bool IsOf(Ticket closed, TurnContext turn) =>
        closed is { Type: "query", Closure: TicketClosure.SelfSolved } && closed.Reporter == turn.Actor.Id;

    public static async ValueTask RegisterAsync(Said said, Ticket solved, TurnContext turn)
    {
        var query = await new RegisterQuery($"{await turn.WordsOfAsync(solved)}\n{said.Text}".Trim(), said.PostId, said.Attachments)
        {
            Affected = solved.Affected,
            Masked = said.Masked,
            HealthMasked = said.HealthMasked,
            Whole = true,
        }.DecideAsync(turn);
        if ((await turn.Snapshot.EventsAsync(solved.Id)).OfType<Closed>().Last().Article is { } article)
        {
            turn.Decision.Apply(turn.Decision.Current(query), new ArticleTried(article) { At = turn.Now, By = turn.Actor.Id });
        }
    }
}
