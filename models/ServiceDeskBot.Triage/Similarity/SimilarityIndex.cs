using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Triage.Similarity;

/// <summary>
/// The nearest texts by cosine over TF-IDF words and word pairs: one exact inverted index per kind, in memory.
/// Tickets come without end, so only the <see cref="MostTickets"/> put here last are known, open and solved ones apart.
/// </summary>
public sealed class SimilarityIndex : ISimilarityIndex, IDisposable
{
    public const int MostTickets = 20_000;

    private readonly TextShelf[] _shelves = [.. Enum.GetValues<SimilarKind>().Select(kind => new TextShelf(MostOf(kind)))];

    public void Put(SimilarKind kind, string id, string text) => _shelves[(int)kind].Put(id, text);

    public void Remove(SimilarKind kind, string id) => _shelves[(int)kind].Remove(id);

    public IReadOnlyList<Similar> Nearest(string text, SimilarKind kind, int count)
    {
        var found = _shelves[(int)kind].Nearest(text, count);
        return found.ConvertAll(match => new Similar(kind, match.Id, match.Score));
    }

    /// <summary>The same by scoring every text: what tests and measurements compare with.</summary>
    internal IReadOnlyList<Similar> Exhaustive(string text, SimilarKind kind, int count) =>
        _shelves[(int)kind].Exhaustive(text, count).ConvertAll(match => new Similar(kind, match.Id, match.Score));

    public void Dispose()
    {
        foreach (var shelf in _shelves)
        {
            shelf.Dispose();
        }
    }

    private static int MostOf(SimilarKind kind) => kind is SimilarKind.OpenTicket or SimilarKind.SolvedTicket ? MostTickets : int.MaxValue;
}
