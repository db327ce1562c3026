using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Model;

/// <summary>
/// The strongest terms behind a prediction: each feature's exact share in the top answer's score (the network is
/// linear once it is known which units are on), handed down to the words it came from.
/// </summary>
internal static class Reasons
{
    private const int Most = 8;
    private const float WeakestShare = 0.12f;

    public static IReadOnlyList<string> For(ClassifierWeights weights, IReadOnlyList<Head> heads, Scores scores, ReadOnlySpan<int> explained)
    {
        if (explained.Length == 0 || scores.Vector.Count == 0)
        {
            return [];
        }

        var shares = scores.Shares;
        shares.Begin(scores.Vector.Source.Tokens.Length);
        foreach (var index in explained)
        {
            Explain(weights, heads[index], scores, shares);
        }

        return Strongest(scores.Vector.Source, shares);
    }

    private static void Explain(ClassifierWeights weights, Head head, Scores scores, TermShares shares)
    {
        var output = head.Offset + TextClassifier.AnswerOf(scores, head).Label;
        TakeSlopeOfHidden(weights, head, scores, output, shares.Slope);
        var source = scores.Vector.Source;
        var vector = scores.Vector;
        for (var i = 0; i < vector.Count; i++)
        {
            var feature = vector.Features[i];
            var score = (head.Calibration.LinearWeight * weights.Linear.At(feature, output)) + weights.Embedding.Dot(feature, shares.Slope);
            shares.OfFeature[feature] = vector.Values[i] * score / vector.OccurrencesOf(feature);
        }

        for (var i = 0; i < source.Count; i++)
        {
            var feature = weights.Vocabulary.Find(source.Hashes[i]);
            if (feature >= 0)
            {
                var isPair = i >= source.UnigramCount && i < source.WordCount;
                (isPair ? shares.OfPair : shares.OfToken)[source.TokenOf[i]] += shares.OfFeature[feature];
            }
        }
    }

    /// <summary>How much the answer's score rises with each hidden unit that is on.</summary>
    private static void TakeSlopeOfHidden(ClassifierWeights weights, Head head, Scores scores, int output, float[] slope)
    {
        for (var unit = 0; unit < weights.Hidden; unit++)
        {
            slope[unit] = scores.Hidden[unit] > 0 ? head.Calibration.HiddenWeight * weights.Output.At(unit, output) : 0f;
        }
    }

    private static List<string> Strongest(FeatureHashes source, TermShares shares)
    {
        var terms = new List<string>(Most);
        var weakest = 0f;
        while (terms.Count < Most)
        {
            var token = StrongestUnused(source, shares);
            if (token < 0 || shares.OfToken[token] < weakest)
            {
                break;
            }

            weakest = Math.Max(weakest, shares.OfToken[token] * WeakestShare);
            var term = TermAt(source, token, shares, weakest);
            if (!terms.Contains(term, StringComparer.Ordinal))
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    private static int StrongestUnused(FeatureHashes source, TermShares shares)
    {
        var best = -1;
        for (var token = 0; token < source.Tokens.Length; token++)
        {
            var isStronger = shares.OfToken[token] > (best < 0 ? 0f : shares.OfToken[best]);
            if (isStronger && !shares.Used[token] && Tells(source, token))
            {
                best = token;
            }
        }

        return best;
    }

    /// <summary>Joins a token with its neighbour when the pair itself counts, as in "access point".</summary>
    private static string TermAt(FeatureHashes source, int token, TermShares shares, float weakest)
    {
        shares.Used[token] = true;
        foreach (var first in (ReadOnlySpan<int>)[token, token - 1])
        {
            var other = first == token ? token + 1 : first;
            if (other >= 0 && other < source.Tokens.Length && !shares.Used[other] && Tells(source, other)
                && shares.OfPair[first] > 0 && shares.OfToken[other] >= weakest)
            {
                shares.Used[other] = true;
                return $"{source.TextOf(first)} {source.TextOf(first + 1)}";
            }
        }

        return source.TextOf(token);
    }

    private static bool Tells(FeatureHashes source, int token)
    {
        var (start, length, kind) = source.Tokens[token];
        return kind != TokenKind.Mark && (length > 1 || kind != TokenKind.Word) && !FunctionWords.Holds(source.Chars.Slice(start, length));
    }
}
