namespace ServiceDeskBot.Triage.Trainer.Evaluating;

/// <summary>A judged prediction.</summary>
/// <param name="Truth">The right label; one that the model does not know counts as missed.</param>
public readonly record struct Outcome(string Truth, string Label, double Confidence, bool Abstained)
{
    public bool IsRight => string.Equals(Truth, Label, StringComparison.Ordinal);
}

/// <summary>The usual figures over judged predictions.</summary>
public static class Metrics
{
    private const int Bins = 15;

    public static double Accuracy(IReadOnlyCollection<Outcome> outcomes) =>
        outcomes.Count == 0 ? 0 : (double)outcomes.Count(outcome => outcome.IsRight) / outcomes.Count;

    /// <summary>Mean F1 over every label that is true or predicted somewhere, as scikit-learn counts.</summary>
    public static double MacroF1(IReadOnlyCollection<Outcome> outcomes)
    {
        var scores = outcomes.SelectMany(o => new[] { o.Truth, o.Label }).Distinct(StringComparer.Ordinal).ToDictionary(label => label, _ => new int[3], StringComparer.Ordinal);
        foreach (var outcome in outcomes)
        {
            scores[outcome.Truth][1]++;
            scores[outcome.Label][2]++;
            scores[outcome.Truth][0] += outcome.IsRight ? 1 : 0;
        }

        return scores.Count == 0 ? 0 : scores.Values.Average(s => 2.0 * s[0] / (s[1] + s[2]));
    }

    /// <summary>Expected calibration error over fifteen bins of equal width.</summary>
    public static double CalibrationError(IReadOnlyCollection<Outcome> outcomes) =>
        outcomes.Count == 0 ? 0 : outcomes
            .GroupBy(outcome => Math.Min((int)(outcome.Confidence * Bins), Bins - 1))
            .Sum(bin => Math.Abs(bin.Sum(o => (o.IsRight ? 1 : 0) - o.Confidence))) / outcomes.Count;

    /// <summary>How many rows reach each threshold, and how many of those are right.</summary>
    public static IReadOnlyList<CoveragePoint> Coverage(IReadOnlyCollection<Outcome> outcomes, params IReadOnlyList<double> thresholds) =>
        [.. thresholds.Select(threshold =>
        {
            var acted = outcomes.Where(outcome => outcome.Confidence >= threshold).ToList();
            return new CoveragePoint(threshold, outcomes.Count == 0 ? 0 : (double)acted.Count / outcomes.Count, acted.Count == 0 ? null : Accuracy(acted));
        })];

    /// <summary>How well a score tells members from strangers: the chance that a member scores higher; ties count half.</summary>
    public static double Auroc(IReadOnlyCollection<double> members, IReadOnlyCollection<double> strangers)
    {
        var ranked = members.Select(score => (Score: score, IsMember: true)).Concat(strangers.Select(score => (Score: score, IsMember: false)))
            .GroupBy(item => item.Score).OrderBy(group => group.Key);
        double rank = 0, sum = 0;
        foreach (var group in ranked)
        {
            var size = group.Count();
            sum += group.Count(item => item.IsMember) * (rank + ((size + 1) / 2.0));
            rank += size;
        }

        var pairs = (double)members.Count * strangers.Count;
        return pairs == 0 ? 0.5 : (sum - (members.Count * (members.Count + 1.0) / 2)) / pairs;
    }
}

/// <summary>A point of the coverage-precision curve.</summary>
/// <param name="Coverage">Share of the rows at least this confident.</param>
/// <param name="Precision">Share of those that are right; null when there are none.</param>
public sealed record CoveragePoint(double Threshold, double Coverage, double? Precision);
