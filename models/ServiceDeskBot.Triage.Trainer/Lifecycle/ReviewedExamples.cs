using System.Text;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>
/// Accepted corrections as examples. Most are for training; every fifth text is kept for judging a new model, for no row
/// may be in both. Which, follows from the text alone: it is the same today and after the next correction.
/// </summary>
/// <param name="Training">For <c>train</c>.</param>
/// <param name="HeldOut">For <c>promote</c>.</param>
public sealed record ReviewedExamples(IReadOnlyList<Example> Training, IReadOnlyList<Example> HeldOut)
{
    private const uint EveryNth = 5;

    public static ReviewedExamples None { get; } = new([], []);

    /// <summary>Later corrections of the same text win; texts that were taken back or erased are gone.</summary>
    public static ReviewedExamples Of(IEnumerable<Candidate> candidates)
    {
        var examples = candidates
            .Where(candidate => candidate.State == ReviewState.Accepted && candidate.Text.Length > 0)
            .GroupBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Select(group => group.OrderBy(candidate => candidate.At).ToList())
            .OrderBy(group => group[^1].At)
            .Select(Example)
            .Where(example => example.Labels.Any(label => label is not null))
            .ToList();
        return new ReviewedExamples(
            [.. examples.Where(example => !IsHeldOut(example.Text))],
            [.. examples.Where(example => IsHeldOut(example.Text))]);
    }

    private static Example Example(List<Candidate> corrections)
    {
        var labels = TriageTraining.TriageHeads.Select(head => corrections.FindLast(candidate => candidate.Corrected.ContainsKey(head))?.Corrected[head]);
        return new Example(corrections[^1].Text, [.. labels]) { Voice = "correction" };
    }

    /// <summary>FNV-1a: the same on every machine and in every release.</summary>
    private static bool IsHeldOut(string text)
    {
        var hash = 2166136261;
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash % EveryNth == 0;
    }
}
