using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>What people do by hand again and again, the best to automate first: often, in one way, and with success.</summary>
public static class AutomationReport
{
    /// <summary>What came back less often is not worth a program.</summary>
    public const int FewestTickets = 5;

    private const int MostTickets = 10_000;

    public static async ValueTask<IReadOnlyList<AutomationCandidate>> ReadAsync(IDeskSnapshot snapshot, DateTimeOffset from, DateTimeOffset to)
    {
        var done = new List<DoneByHand>();
        foreach (var ticket in await snapshot.TicketsAsync(new TicketFilter(ClosedFrom: from, Limit: MostTickets)))
        {
            // Restricted matters are nobody's business outside their team, not even counted by category.
            if (ticket is { Restricted: false, Type: "incident" or "request", Closure: TicketClosure.Confirmed or TicketClosure.NotConfirmed or TicketClosure.Fulfilled }
                && ticket.Closed < to
                && (ticket.Item ?? ticket.Service ?? ticket.Category) is { } what
                && PathOf(await snapshot.EventsAsync(ticket.Id)) is { Count: > 0 } path)
            {
                done.Add(new DoneByHand(what, path, ticket.Reopened == 0));
            }
        }

        return
        [
            .. done.GroupBy(one => one.What, StringComparer.Ordinal)
                .Where(group => group.Count() >= FewestTickets)
                .Select(group => AutomationCandidate.Of(group.Key, [.. group]))
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.What, StringComparer.Ordinal),
        ];
    }

    /// <summary>The steps that people took, each once where it follows itself; none where programs did it all.</summary>
    private static List<string> PathOf(IEnumerable<TicketEvent> events)
    {
        var path = new List<string>();
        foreach (var happened in events)
        {
            if (happened is { By: not "desk" } and (Claimed or Assigned or Released or ReRouted or WaitingForUser or Replied or Approved or TaskMoved { To: TaskState.Done } or Resolved or Reopened)
                && (path.Count == 0 || path[^1] != happened.Kind))
            {
                path.Add(happened.Kind);
            }
        }

        return path;
    }
}

internal sealed record DoneByHand(string What, IReadOnlyList<string> Path, bool Worked);

/// <summary>Something that could be automated.</summary>
/// <param name="What">Id of a catalogue item or service, else a category.</param>
/// <param name="Stability">Share that went the most frequent way, 0 to 1.</param>
/// <param name="Success">Share that was not opened again, 0 to 1.</param>
/// <param name="UsualPath">The most frequent way, as event kinds.</param>
/// <param name="Ways">Different ways it was done.</param>
public sealed record AutomationCandidate(string What, int Tickets, double Stability, double Success, IReadOnlyList<string> UsualPath, int Ways)
{
    /// <summary>A program made of a muddle is a faster muddle.</summary>
    private const double StableFrom = 0.6;

    /// <summary>How many tickets would have gone through unchanged and for good.</summary>
    public double Score => Tickets * Stability * Success;

    public bool SimplifyFirst => Stability < StableFrom;

    internal static AutomationCandidate Of(string what, IReadOnlyList<DoneByHand> done)
    {
        var ways = done.GroupBy(one => string.Join(' ', one.Path), StringComparer.Ordinal).OrderByDescending(way => way.Count()).ThenBy(way => way.Key, StringComparer.Ordinal).ToList();
        return new AutomationCandidate(
            what,
            done.Count,
            (double)ways[0].Count() / done.Count,
            (double)done.Count(one => one.Worked) / done.Count,
            ways[0].First().Path,
            ways.Count);
    }
}
