namespace ServiceDeskBot.Core.Triage.Corrections;

/// <summary>Deciding on candidates.</summary>
public static class Review
{
    /// <summary>Nobody reviews the own correction, and a decision stands.</summary>
    /// <param name="category">Which category it is, where the correction names a team only; <c>null</c> otherwise.</param>
    public static ReviewOutcome Decide(Candidate candidate, bool accept, string reviewer, DateTimeOffset at, string? category = null)
    {
        if (candidate.State != ReviewState.Waiting)
        {
            return new ReviewOutcome.AlreadyDecided(candidate.State, candidate.Reviewer!);
        }

        if (string.Equals(candidate.By, reviewer, StringComparison.Ordinal))
        {
            return new ReviewOutcome.OwnCorrection();
        }

        if (accept && candidate.LacksCategory && category is null)
        {
            return new ReviewOutcome.CategoryMissing();
        }

        var corrected = category is null || !candidate.LacksCategory
            ? candidate.Corrected
            : new Dictionary<string, string>(candidate.Corrected, StringComparer.Ordinal) { ["category"] = category };
        return new ReviewOutcome.Decided(candidate with
        {
            State = accept ? ReviewState.Accepted : ReviewState.Rejected,
            Corrected = corrected,
            Reviewer = reviewer,
            ReviewedAt = at,
        });
    }
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

    public sealed record CategoryMissing : ReviewOutcome;
}
