using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>
/// The test a new model has to pass: on held-out rows that neither model trained on, it must be right more often than
/// the running one on the heads together (exact one-sided McNemar test on the answers where the two differ), and on no
/// head significantly worse.
/// </summary>
public static class Comparison
{
    public const double Significance = 0.05;
    private const double LargestChance = 1.0;

    public static ComparisonReport Run(TextClassifier running, TextClassifier candidate, IReadOnlyList<string> heads, IReadOnlyList<Example> heldOut)
    {
        var compared = heads.Select((head, column) => CompareHead(running, candidate, head, column, heldOut)).ToList();
        var won = compared.Sum(head => head.Won);
        var lost = compared.Sum(head => head.Lost);
        return new ComparisonReport(running.Version, candidate.Version, heldOut.Count, compared, ChanceOf(won, lost));
    }

    private static HeadComparison CompareHead(TextClassifier running, TextClassifier candidate, string head, int column, IReadOnlyList<Example> heldOut)
    {
        int rows = 0, oldRight = 0, newRight = 0, won = 0, lost = 0;
        foreach (var example in heldOut.Where(example => example.Labels[column] is not null))
        {
            var before = IsRight(running, head, example, column);
            var after = IsRight(candidate, head, example, column);
            rows++;
            oldRight += before ? 1 : 0;
            newRight += after ? 1 : 0;
            won += after && !before ? 1 : 0;
            lost += before && !after ? 1 : 0;
        }

        return new HeadComparison(head, rows, Share(oldRight, rows), Share(newRight, rows), won, lost, ChanceOf(lost, won));
    }

    private static bool IsRight(TextClassifier classifier, string name, Example example, int column)
    {
        for (var head = 0; head < classifier.Heads.Count; head++)
        {
            if (classifier.Heads[head].Name == name)
            {
                return classifier.Heads[head].Labels[classifier.Classify(example.Text, head).Label] == example.Labels[column];
            }
        }

        return false;
    }

    /// <summary>How likely at least so many wins are among the rows that differ if both models were equally good.</summary>
    internal static double ChanceOf(int wins, int losses)
    {
        var differing = wins + losses;
        var logTerm = -differing * Math.Log(2);
        var chance = 0.0;
        for (var k = 0; k <= differing; k++)
        {
            chance += k >= wins ? Math.Exp(logTerm) : 0;
            logTerm += Math.Log((double)(differing - k) / (k + 1));
        }

        return Math.Min(LargestChance, chance);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>How a new model did against the running one on the same held-out rows.</summary>
/// <param name="Chance">One-sided p-value that the new model only looks better.</param>
public sealed record ComparisonReport(string Running, string Candidate, int Rows, IReadOnlyList<HeadComparison> Heads, double Chance)
{
    public bool IsBetter => Chance < Comparison.Significance && Heads.All(head => head.ChanceOfHarm >= Comparison.Significance);

    /// <summary>One sentence for the operator.</summary>
    public string Verdict
    {
        get
        {
            var won = Heads.Sum(head => head.Won);
            var lost = Heads.Sum(head => head.Lost);
            var figures = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Candidate} corrects {won} answers of {Running} and spoils {lost} on {Rows} held-out rows (McNemar p = {Chance:0.000})");
            var harmed = Heads.Where(head => head.ChanceOfHarm < Comparison.Significance).Select(head => head.Head).ToList();
            return (IsBetter, harmed.Count) switch
            {
                (true, _) => $"{figures}: it is better.",
                (_, > 0) => $"{figures}: it is worse on {string.Join(", ", harmed)}.",
                _ => $"{figures}: that is no proof that it is better.",
            };
        }
    }
}

/// <summary>One head of a comparison.</summary>
/// <param name="Won">Rows that only the new model has right.</param>
/// <param name="Lost">Rows that only the running model has right.</param>
/// <param name="ChanceOfHarm">One-sided p-value that the new model only looks worse.</param>
public sealed record HeadComparison(string Head, int Rows, double AccuracyBefore, double AccuracyAfter, int Won, int Lost, double ChanceOfHarm);
