using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Triage.Trainer.Lifecycle;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Lifecycle;

public sealed class ReviewTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_OwnCorrection_IsRefused() =>
        Assert.Equal(new ReviewOutcome.OwnCorrection(), Review.Decide(Correction("ada"), accept: true, "ada", Monday));

    [Fact]
    public void Decide_Twice_KeepsTheFirst()
    {
        var decided = Assert.IsType<ReviewOutcome.Decided>(Review.Decide(Correction("ada"), accept: false, "grace", Monday)).Candidate;

        Assert.Equal(new ReviewOutcome.AlreadyDecided(ReviewState.Rejected, "grace"), Review.Decide(decided, accept: true, "linus", Monday));
    }

    [Fact]
    public void Decide_OnlyTheTeamIsKnown_NeedsACategory()
    {
        var team = Correction("ada") with { Corrected = new Dictionary<string, string> { ["team"] = "applications" } };

        Assert.Equal(new ReviewOutcome.CategoryMissing(), Review.Decide(team, accept: true, "grace", Monday));
        var decided = Assert.IsType<ReviewOutcome.Decided>(Review.Decide(team, accept: true, "grace", Monday, "email")).Candidate;
        Assert.Equal("email", decided.Corrected["category"]);
    }

    [Fact]
    public void ReviewedExamples_MixedStates_TakeTheNewestAcceptedOnly()
    {
        Candidate[] candidates =
        [
            Correction("ada", "network") with { State = ReviewState.Accepted },
            Correction("ada", "printing") with { State = ReviewState.Accepted, At = Monday.AddHours(1) },
            Correction("ada", "hr", "other words"),
            Correction("ada", "hr", "abuse") with { State = ReviewState.Rejected },
            Correction("ada", "hr", "") with { State = ReviewState.Accepted },
        ];

        var reviewed = ReviewedExamples.Of(candidates);

        Assert.Equal([null, "printing", null, null], Assert.Single(reviewed.Training.Concat(reviewed.HeldOut)).Labels);
    }

    [Fact]
    public void ReviewedExamples_ManyTexts_KeepAFifthForJudgingAlwaysTheSame()
    {
        var candidates = Enumerable.Range(0, 500).Select(i => Correction("ada", text: $"text {i}") with { State = ReviewState.Accepted }).ToList();

        var reviewed = ReviewedExamples.Of(candidates);

        Assert.InRange(reviewed.HeldOut.Count, 70, 130);
        Assert.Empty(reviewed.Training.Select(example => example.Text).Intersect(reviewed.HeldOut.Select(example => example.Text)));
        Assert.Equal(reviewed.HeldOut.Select(example => example.Text).Where(text => text.Length > 7), ReviewedExamples.Of(candidates.Skip(100)).HeldOut.Select(example => example.Text));
    }

    private static Candidate Correction(string by, string category = "network", string text = "the thing is broken") =>
        new("1", "INC-1", "t1", new Dictionary<string, string>(), new Dictionary<string, string> { ["category"] = category }, by, Monday) { Text = text };
}
