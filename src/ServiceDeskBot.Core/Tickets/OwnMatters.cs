using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>Which of somebody's own tickets they mean when they say "my laptop" or "the monitor".</summary>
internal static class OwnMatters
{
    /// <summary>Those with most words in common; empty where none has any.</summary>
    public static async ValueTask<IReadOnlyList<Ticket>> FittingAsync(TurnContext turn, IReadOnlyList<Ticket> own, string words)
    {
        var asked = WordsOf(words);
        var best = new List<(Ticket Ticket, int Score)>();
        foreach (var ticket in own)
        {
            var service = turn.Desk.Service(ticket.Service);
            var known = WordsOf($"{ticket.Id} {await turn.Snapshot.SummaryAsync(ticket.Id)} {service?.Name} {string.Join(' ', service?.Terms ?? [])} {ticket.Category}");
            best.Add((ticket, asked.Count(known.Contains)));
        }

        var top = best.Count == 0 ? 0 : best.Max(pair => pair.Score);
        return [.. best.Where(pair => pair.Score == top && top > 0).Select(pair => pair.Ticket)];
    }

    private static HashSet<string> WordsOf(string text) =>
        [.. text.ToLowerInvariant().Split([' ', ',', '.', '?', '!', ':', ';', '\n', '\'', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 2 && !Common.Contains(word))];

    private static readonly HashSet<string> Common = ["what", "about", "the", "and", "for", "any", "news", "with", "how", "status", "ticket", "tickets", "there", "update", "still", "was", "ist", "mein", "meine", "mit"];
}
