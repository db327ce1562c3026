using System.Runtime.InteropServices;
using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Similarity;

/// <summary>Runs queries on a shelf; holds the buffers of one thread.</summary>
internal sealed class ShelfQuery
{
    private readonly FeatureHashes _hashes = new();
    private readonly Dictionary<uint, float> _counts = [];
    private readonly Dictionary<uint, float> _left = [];
    private readonly PriorityQueue<int, float> _best = new();
    private float[] _scores = [];

    /// <summary>A text's words and word pairs in rising order, with dampened counts.</summary>
    public (uint[] Terms, float[] Counts) TermsOf(string text)
    {
        CountTerms(text);
        var terms = new uint[_counts.Count];
        var counts = new float[terms.Length];
        _counts.Keys.CopyTo(terms, 0);
        _counts.Values.CopyTo(counts, 0);
        Array.Sort(terms, counts);
        return (terms, counts);
    }

    public List<(string Id, double Score)> Run(string text, int count, Dictionary<uint, Postings> postings, List<StoredText> texts)
    {
        CountTerms(text);
        if (count <= 0 || texts.Count == 0)
        {
            return [];
        }

        var terms = Weigh(postings);
        if (_scores.Length < texts.Count)
        {
            _scores = new float[texts.Capacity];
        }

        var scores = _scores.AsSpan(0, texts.Count);
        scores.Clear();
        var next = Accumulate(terms, scores, texts, count);
        var candidates = Leaders(scores, texts, count, BoundOf(terms, next));
        return Finish(candidates, terms, next, scores, texts, count);
    }

    private void CountTerms(string text)
    {
        _hashes.Read(text);
        _counts.Clear();
        for (var i = 0; i < _hashes.WordCount; i++)
        {
            if (IsTelling(i))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, _hashes.Hashes[i], out _)++;
            }
        }

        foreach (var term in _counts.Keys)
        {
            _counts[term] = 1f + MathF.Log(_counts[term]);
        }
    }

    /// <summary>Words with content, and pairs of them; not the edges of the text.</summary>
    private bool IsTelling(int hash)
    {
        var token = _hashes.TokenOf[hash];
        if (hash < _hashes.UnigramCount)
        {
            return HasContent(token);
        }

        return hash > _hashes.UnigramCount && hash + 1 < _hashes.WordCount && HasContent(token) && HasContent(token + 1);
    }

    private bool HasContent(int token)
    {
        var (start, length, kind) = _hashes.Tokens[token];
        return kind != TokenKind.Mark && !FunctionWords.Holds(_hashes.Chars.Slice(start, length));
    }

    /// <summary>The query's known terms, the one that can add most first. Unknown terms make the query longer all the same.</summary>
    private List<QueryTerm> Weigh(Dictionary<uint, Postings> postings)
    {
        var terms = new List<QueryTerm>(_counts.Count);
        var squares = 0f;
        foreach (var (term, count) in _counts)
        {
            if (postings.TryGetValue(term, out var found))
            {
                var weight = count * found.Idf;
                squares += weight * weight;
                terms.Add(new QueryTerm(term, weight, found));
            }
        }

        var length = MathF.Sqrt(Math.Max(squares, float.Epsilon));
        for (var i = 0; i < terms.Count; i++)
        {
            terms[i] = terms[i] with { Weight = terms[i].Weight / length };
        }

        terms.Sort((a, b) => b.Bound.CompareTo(a.Bound));
        return terms;
    }

    /// <summary>Adds term after term until the rest cannot change who is ahead; returns the first term left out.</summary>
    private int Accumulate(List<QueryTerm> terms, Span<float> scores, List<StoredText> texts, int count)
    {
        // A check looks at every score once, so it must have a chance to spare at least as much.
        var sinceCheck = 0;
        for (var i = 0; i < terms.Count; i++)
        {
            var postings = terms[i].Postings;
            sinceCheck += postings.Count;
            if (sinceCheck > scores.Length && i > 0)
            {
                sinceCheck = 0;
                if (BoundOf(terms, i) < Threshold(scores, texts, count))
                {
                    return i;
                }
            }

            var weight = terms[i].Weight;
            var slots = postings.Texts;
            var weights = postings.Weights;
            for (var p = 0; p < slots.Length; p++)
            {
                scores[slots[p]] += weight * weights[p];
            }
        }

        return terms.Count;
    }

    private static float BoundOf(List<QueryTerm> terms, int from)
    {
        var bound = 0f;
        for (var i = from; i < terms.Count; i++)
        {
            bound += terms[i].Bound;
        }

        return bound;
    }

    /// <summary>The score of the last place as it stands.</summary>
    private float Threshold(ReadOnlySpan<float> scores, List<StoredText> texts, int count)
    {
        _best.Clear();
        var least = 0f;
        for (var slot = 0; slot < scores.Length; slot++)
        {
            if (scores[slot] > least)
            {
                Offer(slot, scores[slot], texts, count);
                least = _best.Count == count && _best.TryPeek(out _, out var last) ? last : 0f;
            }
        }

        return least;
    }

    private void Offer(int slot, float score, List<StoredText> texts, int count)
    {
        if (score <= 0f || (_best.Count == count && _best.TryPeek(out _, out var least) && score <= least) || texts[slot].IsGone)
        {
            return;
        }

        _best.Enqueue(slot, score);
        if (_best.Count > count)
        {
            _best.Dequeue();
        }
    }

    private List<int> Leaders(ReadOnlySpan<float> scores, List<StoredText> texts, int count, float left)
    {
        var floor = Threshold(scores, texts, count) - left;
        var leaders = new List<int>();
        for (var slot = 0; slot < scores.Length; slot++)
        {
            if (scores[slot] > 0f && scores[slot] >= floor && !texts[slot].IsGone)
            {
                leaders.Add(slot);
            }
        }

        return leaders;
    }

    private List<(string Id, double Score)> Finish(List<int> leaders, List<QueryTerm> terms, int next, Span<float> scores, List<StoredText> texts, int count)
    {
        _left.Clear();
        for (var i = next; i < terms.Count; i++)
        {
            _left[terms[i].Term] = terms[i].Weight * terms[i].Postings.Idf;
        }

        _best.Clear();
        foreach (var slot in leaders)
        {
            scores[slot] += ScoreLeft(texts[slot]);
            Offer(slot, scores[slot], texts, count);
        }

        var result = new List<(string, double)>(_best.Count);
        while (_best.TryDequeue(out var slot, out var score))
        {
            result.Add((texts[slot].Id!, Math.Clamp(score, 0f, 1f)));
        }

        result.Reverse();
        return result;
    }

    private float ScoreLeft(StoredText text)
    {
        if (_left.Count == 0)
        {
            return 0f;
        }

        var sum = 0f;
        for (var i = 0; i < text.Terms.Length; i++)
        {
            if (_left.TryGetValue(text.Terms[i], out var weight))
            {
                sum += weight * text.Counts[i];
            }
        }

        return sum / text.Length;
    }

    private readonly record struct QueryTerm(uint Term, float Weight, Postings Postings)
    {
        public float Bound => Weight * Postings.Heaviest;
    }
}
