using System.Runtime.InteropServices;

namespace ServiceDeskBot.Triage.Similarity;

/// <summary>
/// Texts of one kind. A query walks its terms from the one that can add most; once the terms left cannot lift an unseen
/// text into the answer, only the texts already ahead are scored to the end. The answer is the same as scoring all.
/// Inverse document frequencies are those of the last rebuild, which comes whenever the shelf has grown by half or a
/// third of it is gone; so every score at one moment is measured with one rule.
/// </summary>
/// <param name="most">With one text more, the one that was put here longest ago is taken off.</param>
internal sealed class TextShelf(int most) : IDisposable
{
    private const int MostHoles = 64;
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, int> _slotOf = new(StringComparer.Ordinal);
    private readonly ThreadLocal<ShelfQuery> _query = new(() => new ShelfQuery());
    private Dictionary<uint, Postings> _postings = [];
    private List<StoredText> _texts = [];
    private int _gone;

    // No text that is here has a lower slot.
    private int _oldest;
    private int _rebuiltAt;
    private float _rarest = 1f;

    public void Put(string id, string text)
    {
        var (terms, counts) = _query.Value!.TermsOf(text);
        _lock.EnterWriteLock();
        try
        {
            Forget(id);
            Store(id, terms, counts);
            ForgetOldest();
            RebuildWhenDue();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Remove(string id)
    {
        _lock.EnterWriteLock();
        try
        {
            Forget(id);
            RebuildWhenDue();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public List<(string Id, double Score)> Nearest(string text, int count)
    {
        _lock.EnterReadLock();
        try
        {
            return _query.Value!.Run(text, count, _postings, _texts);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The same by scoring every text.</summary>
    public List<(string Id, double Score)> Exhaustive(string text, int count)
    {
        var (terms, counts) = _query.Value!.TermsOf(text);
        _lock.EnterReadLock();
        try
        {
            var weights = new Dictionary<uint, double>();
            for (var i = 0; i < terms.Length; i++)
            {
                if (_postings.TryGetValue(terms[i], out var postings))
                {
                    weights[terms[i]] = counts[i] * postings.Idf;
                }
            }

            var length = Math.Sqrt(weights.Values.Sum(weight => weight * weight));
            return [.. _texts.Where(stored => !stored.IsGone)
                .Select(stored => (stored.Id!, Score: stored.Terms.Select((term, i) => weights.GetValueOrDefault(term) * stored.Counts[i] * _postings[term].Idf).Sum() / (length * stored.Length)))
                .Where(match => match.Score > 0)
                .OrderByDescending(match => match.Score)
                .Take(count)];
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        _query.Dispose();
    }

    private void Forget(string id)
    {
        if (_slotOf.Remove(id, out var slot))
        {
            _texts[slot] = default;
            _gone++;
        }
    }

    private void ForgetOldest()
    {
        for (; _slotOf.Count > most; _oldest++)
        {
            if (_texts[_oldest].Id is { } id)
            {
                Forget(id);
            }
        }
    }

    private void Store(string id, uint[] terms, float[] counts)
    {
        var squares = 0f;
        for (var i = 0; i < terms.Length; i++)
        {
            var weight = counts[i] * PostingsOf(terms[i]).Idf;
            squares += weight * weight;
        }

        var length = squares > 0 ? MathF.Sqrt(squares) : 1f;
        var slot = _texts.Count;
        for (var i = 0; i < terms.Length; i++)
        {
            var postings = _postings[terms[i]];
            postings.Add(slot, counts[i] * postings.Idf / length);
        }

        _texts.Add(new StoredText(id, terms, counts, length));
        _slotOf[id] = slot;
    }

    private Postings PostingsOf(uint term)
    {
        if (!_postings.TryGetValue(term, out var postings))
        {
            _postings[term] = postings = new Postings(_rarest);
        }

        return postings;
    }

    private void RebuildWhenDue()
    {
        var live = _slotOf.Count;
        var grown = live > _rebuiltAt + (_rebuiltAt / 2);
        var holed = _gone > MostHoles && _gone * 3 > live;
        if (grown || holed)
        {
            Rebuild();
        }
    }

    private void Rebuild()
    {
        var live = _texts.Where(text => !text.IsGone).ToList();
        var frequency = new Dictionary<uint, int>();
        foreach (var term in live.SelectMany(text => text.Terms))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(frequency, term, out _)++;
        }

        _rarest = Idf(live.Count, 1);
        _postings = frequency.ToDictionary(pair => pair.Key, pair => new Postings(Idf(live.Count, pair.Value)));
        _texts = new List<StoredText>(live.Count);
        _slotOf.Clear();
        foreach (var text in live)
        {
            Store(text.Id!, text.Terms, text.Counts);
        }

        (_gone, _oldest) = (0, 0);
        _rebuiltAt = live.Count;
    }

    private static float Idf(int texts, int holding) => MathF.Log((texts + 1f) / (holding + 0.5f)) + 0.1f;
}
