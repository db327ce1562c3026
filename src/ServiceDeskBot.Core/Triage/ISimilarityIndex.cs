namespace ServiceDeskBot.Core.Triage;

/// <summary>
/// Finds texts like a new one: open incidents, solved tickets, known errors, catalogue items and knowledge articles.
/// Kept in memory, filled at start and as tickets change; safe for concurrent use.
/// </summary>
public interface ISimilarityIndex
{
    /// <summary>Adds a text or replaces the one with the same kind and id.</summary>
    void Put(SimilarKind kind, string id, string text);

    /// <summary>Forgets a text; unknown ids are ignored.</summary>
    void Remove(SimilarKind kind, string id);

    /// <summary>The nearest texts of one kind, best first; fewer than <paramref name="count"/> when little is alike.</summary>
    IReadOnlyList<Similar> Nearest(string text, SimilarKind kind, int count);
}

/// <summary>What a similar text is.</summary>
public enum SimilarKind { OpenTicket, SolvedTicket, KnownError, CatalogueItem, Article }

/// <summary>A similar text.</summary>
/// <param name="Id">Ticket number, article slug or item id.</param>
/// <param name="Score">Cosine similarity, 0 to 1.</param>
public sealed record Similar(SimilarKind Kind, string Id, double Score);
