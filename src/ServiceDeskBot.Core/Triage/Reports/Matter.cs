using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>One message from its first word to now: what the models said about it, and what people made of it.</summary>
/// <param name="Said">What the desk acted on.</param>
/// <param name="Shadow">What the model in the shadow said; <c>null</c> where none ran.</param>
/// <param name="Query">As it came in.</param>
/// <param name="Record">What it became; the query itself where it became nothing.</param>
/// <param name="Events">Of the query and of the record, in order of time.</param>
public sealed record Matter(StoredPrediction Said, StoredPrediction? Shadow, Ticket Query, Ticket Record, Person? Reporter, IReadOnlyList<TicketEvent> Events)
{
    /// <summary>Whether people left type, category, priority and team as they were understood at first.</summary>
    public bool Stood => !Events.Any(IsCorrection);

    /// <summary>From the first word to the first word of a person; <c>null</c> while nobody has answered.</summary>
    public TimeSpan? Wait => Events.FirstOrDefault(happened => happened is Claimed or Assigned or Replied or WaitingForUser or Resolved && happened.By != "desk") is { } first ? first.At - Query.Opened : null;

    public bool WasReRouted => Events.OfType<ReRouted>().Any();

    /// <summary>What people ended at, in the models' words; <c>null</c> for a question whose answer the record does not keep.</summary>
    public string? Final(string head) => head switch
    {
        // A question becomes a request: the record says what people thought only where they changed it.
        "type" => Events.OfType<TypeChanged>().Any() ? Record.Type : Query.MessageType,
        "category" => Record.Category,
        "impact" => Record.Impact,
        "urgency" => Record.Urgency,
        _ => null,
    };

    /// <summary>Everything that came in as a query in the window, with those who only got an answer left out.</summary>
    public static async ValueTask<IReadOnlyList<Matter>> ReadAsync(IDeskSnapshot snapshot, DateTimeOffset from, DateTimeOffset to)
    {
        var matters = new List<Matter>();
        foreach (var said in (await snapshot.PredictionsAsync(from, to)).Where(prediction => prediction.Ticket is not null).GroupBy(prediction => prediction.Ticket!, StringComparer.Ordinal))
        {
            if (said.FirstOrDefault(prediction => !prediction.Shadow) is { } acted && await snapshot.TicketAsync(said.Key) is { } query)
            {
                matters.Add(await OfAsync(acted, said.FirstOrDefault(prediction => prediction.Shadow), query, snapshot));
            }
        }

        return matters;
    }

    private static async ValueTask<Matter> OfAsync(StoredPrediction said, StoredPrediction? shadow, Ticket query, IDeskSnapshot snapshot)
    {
        var became = query.Links.LastOrDefault(link => link.Rel == "became")?.Id;
        var record = became is null ? query : await snapshot.TicketAsync(became) ?? query;
        var events = await snapshot.EventsAsync(query.Id);
        return new Matter(
            said,
            shadow,
            query,
            record,
            await snapshot.PersonAsync(query.Reporter),
            became is null ? events : [.. events, .. await snapshot.EventsAsync(record.Id)]);
    }

    private static bool IsCorrection(TicketEvent happened) =>
        happened.By != "desk" && happened is Classified or TypeChanged or CategoryChanged or PriorityChanged or ReRouted;

    /// <summary>The team that a model alone would have chosen.</summary>
    public static Team TeamBy(StoredPrediction said, DeskContent desk) =>
        desk.TeamFor(said.Labels.Category.Abstained ? null : said.Labels.Category.Label);
}
