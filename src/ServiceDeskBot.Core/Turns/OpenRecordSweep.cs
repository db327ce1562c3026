using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Finds open records that lack what every record must have: a class, a team, a promise and a next step. Operators are told; nothing open may be forgotten.</summary>
internal static class OpenRecordSweep
{
    private static readonly TimeSpan LongestUnanswered = TimeSpan.FromHours(1);
    private const int Most = 500;

    public static async ValueTask RunAsync(TurnContext context)
    {
        var lacking = new List<string>();
        foreach (var ticket in await context.Snapshot.TicketsAsync(new TicketFilter(OpenOnly: true, Limit: Most)))
        {
            if (ticket.Team is null || ticket.Category is null || ticket.Response is null)
            {
                lacking.Add(ticket.Id);
            }
        }

        foreach (var query in await context.Snapshot.TicketsAsync(new TicketFilter(Type: "query", OpenOnly: true, Limit: Most)))
        {
            if (context.Now - query.Opened > LongestUnanswered)
            {
                lacking.Add(query.Id);
            }
        }

        foreach (var operatorOfDesk in lacking.Count == 0 ? [] : context.Desk.People.Where(person => person.Roles.Contains("operator")))
        {
            if (await context.ReachAsync(operatorOfDesk.Id) is { } place)
            {
                context.Decision.Say(place, Card.Of(Phrase.Key("sweep.lacking", ("tickets", string.Join(", ", lacking)))), await context.PersonAsync(operatorOfDesk.Id));
            }
        }
    }
}
