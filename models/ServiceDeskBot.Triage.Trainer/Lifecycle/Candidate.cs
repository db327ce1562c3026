using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>
/// A correction made in chat, waiting for a reviewer. It is kept by the host; nothing else that people write can reach
/// training.
/// </summary>
/// <param name="Text">The message as it was masked and stored.</param>
/// <param name="Predicted">What the model had said, per head name.</param>
/// <param name="Corrected">What it should have said, per head name; only the heads that were corrected or confirmed.</param>
/// <param name="By">Desk id of who corrected.</param>
public sealed record Candidate(
    string Id,
    string Ticket,
    string Text,
    IReadOnlyDictionary<string, string> Predicted,
    IReadOnlyDictionary<string, string> Corrected,
    string By,
    DateTimeOffset At)
{
    public ReviewState State { get; init; } = ReviewState.Waiting;

    /// <summary>Desk id of who decided; null while it waits.</summary>
    public string? Reviewer { get; init; }
}

/// <summary>Stored by name.</summary>
public enum ReviewState { Waiting, Accepted, Rejected }

/// <summary>Deciding on candidates.</summary>
public static class Review
{
    /// <summary>Nobody reviews the own correction, and a decision stands.</summary>
    public static ReviewOutcome Decide(Candidate candidate, bool accept, string reviewer)
    {
        if (candidate.State != ReviewState.Waiting)
        {
            return new ReviewOutcome.AlreadyDecided(candidate.State, candidate.Reviewer!);
        }

        if (string.Equals(candidate.By, reviewer, StringComparison.Ordinal))
        {
            return new ReviewOutcome.OwnCorrection();
        }

        var state = accept ? ReviewState.Accepted : ReviewState.Rejected;
        return new ReviewOutcome.Decided(candidate with { State = state, Reviewer = reviewer });
    }

    /// <summary>The accepted ones as training examples; later corrections of the same text win.</summary>
    public static IReadOnlyList<Example> ExamplesOf(IEnumerable<Candidate> candidates) =>
        [.. candidates
            .Where(candidate => candidate.State == ReviewState.Accepted)
            .GroupBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Select(group => group.MaxBy(candidate => candidate.At)!)
            .OrderBy(candidate => candidate.At)
            .Select(candidate => new Example(candidate.Text, [.. TriageTraining.TriageHeads.Select(head => candidate.Corrected.GetValueOrDefault(head))]) { Voice = "correction" })];
}

/// <summary>What came of a reviewer's decision.</summary>
public abstract record ReviewOutcome
{
    private ReviewOutcome()
    {
    }

    public sealed record Decided(Candidate Candidate) : ReviewOutcome;

    public sealed record AlreadyDecided(ReviewState State, string Reviewer) : ReviewOutcome;

    public sealed record OwnCorrection : ReviewOutcome;
}
