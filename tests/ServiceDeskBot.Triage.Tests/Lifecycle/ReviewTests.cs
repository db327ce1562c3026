using ServiceDeskBot.Triage.Trainer.Lifecycle;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Lifecycle;

public sealed class ReviewTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_OwnCorrection_IsRefused() =>
        Assert.Equal(new ReviewOutcome.OwnCorrection(), Review.Decide(Correction("ada"), accept: true, "ada"));

    [Fact]
    public void Decide_Twice_KeepsTheFirst()
    {
        var decided = Assert.IsType<ReviewOutcome.Decided>(Review.Decide(Correction("ada"), accept: false, "grace")).Candidate;

        Assert.Equal(new ReviewOutcome.AlreadyDecided(ReviewState.Rejected, "grace"), Review.Decide(decided, accept: true, "linus"));
    }

    [Fact]
    public void ExamplesOf_MixedStates_TakesTheNewestAcceptedOnly()
    {
        Candidate[] candidates =
        [
            Correction("ada", "network") with { State = ReviewState.Accepted },
            Correction("ada", "printing") with { State = ReviewState.Accepted, At = Monday.AddHours(1) },
            Correction("ada", "hr", "other words"),
            Correction("ada", "hr", "abuse") with { State = ReviewState.Rejected },
        ];

        var example = Assert.Single(Review.ExamplesOf(candidates));

        Assert.Equal([null, "printing", null, null], example.Labels);
    }

    private static Candidate Correction(string by, string category = "network", string text = "the thing is broken") =>
        new("1", "INC-1", text, new Dictionary<string, string>(), new Dictionary<string, string> { ["category"] = category }, by, Monday);
}
