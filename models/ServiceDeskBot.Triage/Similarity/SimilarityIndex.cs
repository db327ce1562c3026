using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Triage.Similarity;

/// <summary>The nearest texts by cosine over TF-IDF words and word pairs: one exact inverted index per kind, in memory.</summary>
public sealed class SimilarityIndex : ISimilarityIndex, IDisposable
{
    private readonly TextShelf[] _shelves = [.. Enum.GetValues<SimilarKind>().Select(_ => new TextShelf())];

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
}
