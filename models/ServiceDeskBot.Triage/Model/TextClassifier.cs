using System.Collections.Concurrent;
using System.Numerics.Tensors;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Triage.Model;

/// <summary>A loaded model: one or several heads over shared features. Safe for concurrent use; any text is allowed.</summary>
public sealed class TextClassifier
{
    private const int LongestSet = 5;
    private readonly ClassifierWeights _weights;
    private readonly ConcurrentBag<Scores> _spare = [];

    internal TextClassifier(string version, ClassifierWeights weights, IReadOnlyList<Head> heads, LabelShares training)
    {
        Version = version;
        Heads = heads;
        Training = training;
        _weights = weights;
    }

    public string Version { get; }

    public IReadOnlyList<Head> Heads { get; }

    /// <summary>How the labels were spread in training: what drift is measured against.</summary>
    public LabelShares Training { get; }

    internal ClassifierWeights Weights => _weights;

    /// <summary>Answers one head without allocating.</summary>
    public Answer Classify(ReadOnlySpan<char> text, int head = 0)
    {
        var scores = Borrow();
        try
        {
            scores.Read(text);
            return AnswerOf(scores, Heads[head]);
        }
        finally
        {
            _spare.Add(scores);
        }
    }

    /// <summary>Answers every head, each with its conformal set.</summary>
    /// <param name="explained">Heads whose strongest terms are wanted.</param>
    public (Guess[] Guesses, IReadOnlyList<string> Reasons) Read(ReadOnlySpan<char> text, ReadOnlySpan<int> explained)
    {
        var scores = Borrow();
        try
        {
            scores.Read(text);
            var guesses = new Guess[Heads.Count];
            for (var i = 0; i < guesses.Length; i++)
            {
                guesses[i] = GuessOf(scores, Heads[i]);
            }

            return (guesses, Reasons.For(_weights, Heads, scores, explained));
        }
        finally
        {
            _spare.Add(scores);
        }
    }

    internal Scores Borrow() => _spare.TryTake(out var scores) ? scores : new Scores(_weights);

    internal static Answer AnswerOf(Scores scores, Head head)
    {
        var probabilities = scores.ProbabilitiesOf(head);
        var best = TensorPrimitives.IndexOfMax(probabilities);
        var confidence = ConfidenceOf(scores, head, probabilities[best], best);
        return new Answer(best, confidence, IsUnsure(scores, head, confidence));
    }

    private static Guess GuessOf(Scores scores, Head head)
    {
        var answer = AnswerOf(scores, head);
        var candidates = CandidatesOf(scores.Probabilities.AsSpan(0, head.Labels.Count), head);
        return new Guess(head.Labels[answer.Label], answer.Confidence, candidates, answer.Abstain);
    }

    private static float ConfidenceOf(Scores scores, Head head, float probability, int best)
    {
        var evidence = new Evidence(
            Evidence.LogOddsOf(probability),
            scores.Linear[head.Offset + best],
            scores.Vector.KnownWords,
            scores.Vector.KnownGrams);
        return head.Calibration.Confidence.At(evidence);
    }

    private static bool IsUnsure(Scores scores, Head head, float confidence) =>
        confidence < head.Calibration.ActFrom
        || scores.Vector.Count == 0
        || scores.Vector.KnownGrams < head.Calibration.FamiliarFrom;

    private static string[] CandidatesOf(ReadOnlySpan<float> probabilities, Head head)
    {
        Span<int> best = stackalloc int[LongestSet];
        var count = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            count = InsertByProbability(best, count, i, probabilities);
        }

        var kept = 1;
        while (kept < count && probabilities[best[kept]] >= head.Calibration.SetFloor)
        {
            kept++;
        }

        var labels = new string[kept];
        for (var i = 0; i < kept; i++)
        {
            labels[i] = head.Labels[best[i]];
        }

        return labels;
    }

    private static int InsertByProbability(Span<int> best, int count, int label, ReadOnlySpan<float> probabilities)
    {
        var at = count;
        while (at > 0 && probabilities[label] > probabilities[best[at - 1]])
        {
            at--;
        }

        if (at == LongestSet)
        {
            return count;
        }

        var moved = Math.Min(count, LongestSet - 1) - at;
        best.Slice(at, moved).CopyTo(best[(at + 1)..]);
        best[at] = label;
        return Math.Min(count + 1, LongestSet);
    }
}
