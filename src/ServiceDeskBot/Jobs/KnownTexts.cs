using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Triage.Similarity;

namespace ServiceDeskBot.Jobs;

/// <summary>Keeps the index of similar texts in step with articles, catalogue and tickets. Restricted tickets never enter it.</summary>
internal sealed class KnownTexts(IDeskStore store, ISimilarityIndex similar)
{
    /// <summary>Everything anew, as after a start.</summary>
    public async Task FillAsync(DeskContent desk, CancellationToken cancellationToken)
    {
        Put(desk);
        await using var snapshot = await store.SnapshotAsync(cancellationToken);

        // The newest, put in from the oldest on, as they once were.
        foreach (var ticket in (await snapshot.TicketsAsync(new TicketFilter(Limit: SimilarityIndex.MostTickets))).Reverse())
        {
            Put(ticket, await snapshot.SummaryAsync(ticket.Id));
        }
    }

    /// <summary>The owner of the desk changed articles or items, or took some out.</summary>
    public void Update(DeskContent before, DeskContent desk)
    {
        foreach (var article in before.Articles.Where(article => desk.Article(article.Id) is null))
        {
            similar.Remove(SimilarKind.Article, article.Id);
        }

        foreach (var item in before.Catalogue.Where(item => desk.Item(item.Id) is null))
        {
            similar.Remove(SimilarKind.CatalogueItem, item.Id);
        }

        Put(desk);
    }

    public async Task UpdateAsync(IReadOnlyList<Ticket> changed, CancellationToken cancellationToken)
    {
        try
        {
            await using var snapshot = await store.SnapshotAsync(cancellationToken);
            foreach (var ticket in changed.Where(IsKnown))
            {
                Put(ticket, await snapshot.SummaryAsync(ticket.Id));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the next start reads everything afresh.
        }
    }

    /// <summary>Tickets that another replica changed. The index is an aid: what it misses while the store is away comes with the next change or start.</summary>
    public async Task UpdateAsync(IReadOnlyList<string> changed, CancellationToken cancellationToken)
    {
        try
        {
            await using var snapshot = await store.SnapshotAsync(cancellationToken);
            foreach (var id in changed)
            {
                if (await snapshot.TicketAsync(id) is { } ticket)
                {
                    Put(ticket, await snapshot.SummaryAsync(id));
                }
            }
        }
        catch (Exception away) when (away is OperationCanceledException or StoreUnavailableException)
        {
        }
    }

    /// <summary>What others may be shown as alike.</summary>
    public static bool IsKnown(Ticket ticket) => ticket is { Restricted: false, Type: not "query" };

    private void Put(DeskContent desk)
    {
        foreach (var article in desk.Articles)
        {
            similar.Put(SimilarKind.Article, article.Id, $"{article.Title} {article.Summary} {string.Join(' ', article.Keywords)}");
        }

        foreach (var item in desk.Catalogue)
        {
            similar.Put(SimilarKind.CatalogueItem, item.Id, $"{item.Name} {item.Description} {string.Join(' ', item.Terms)}");
        }
    }

    private void Put(Ticket ticket, string summary)
    {
        if (!IsKnown(ticket))
        {
            return;
        }

        if (ticket.IsOpen)
        {
            similar.Remove(SimilarKind.SolvedTicket, ticket.Id);
            similar.Put(SimilarKind.OpenTicket, ticket.Id, summary);
        }
        else
        {
            similar.Remove(SimilarKind.OpenTicket, ticket.Id);
            if (ticket.Closure is TicketClosure.Confirmed or TicketClosure.NotConfirmed or TicketClosure.Fulfilled)
            {
                similar.Put(SimilarKind.SolvedTicket, ticket.Id, summary);
            }
        }
    }
}
