using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    private static readonly PredictedLabels Labels = new(new("incident", 0.91, false), new("network", 0.5, true), new("team", 0.7, false), new("high", 0.333, false));

    private static readonly StoredPrediction Acted = new("p1", "QRY-1", "triage-1", Shadow: false, "de", Rows.Moment, Labels);

    private static readonly Candidate Correction = new(
        "c1", "INC-1", "t1", new Dictionary<string, string> { ["type"] = "incident" }, new Dictionary<string, string> { ["type"] = "request", ["category"] = Rows.Difficult }, "grace", Rows.Moment);

    [Fact]
    public async Task PredictionsAsync_Window_TakesItsStartAndNotItsEndAndEveryField()
    {
        var shadow = Acted with { Id = "p2", Shadow = true, Model = "triage-2", At = Rows.Moment.AddTicks(1) };
        var alone = Acted with { Id = "p3", Ticket = null, At = Rows.Moment.AddDays(1) };
        await DoneAsync(new PutPrediction(alone), new PutPrediction(shadow), new PutPrediction(Acted));

        Assert.Equal([Acted, shadow], await ReadAsync(snapshot => snapshot.PredictionsAsync(Rows.Moment, Rows.Moment.AddDays(1))));
        Assert.Equal([shadow, alone], await ReadAsync(snapshot => snapshot.PredictionsAsync(Rows.Moment.AddTicks(1), Rows.Moment.AddDays(2))));
        Assert.Equal(Acted, await ReadAsync(snapshot => snapshot.PredictionAsync("QRY-1")));
        Assert.Null(await ReadAsync(snapshot => snapshot.PredictionAsync("QRY-2")));
    }

    [Fact]
    public async Task PutPrediction_Again_KeepsTheFirst()
    {
        await DoneAsync(new PutPrediction(Acted));

        await DoneAsync(new PutPrediction(Acted with { Id = "p9", Model = "other", At = Rows.Moment.AddHours(1) }));

        Assert.Equal([Acted], await ReadAsync(snapshot => snapshot.PredictionsAsync(Rows.Moment, Rows.Moment.AddDays(1))));
    }

    [Fact]
    public async Task CandidatesAsync_AfterPut_ReturnsEveryFieldWithTheWordsAsTheyAreNow()
    {
        await DoneAsync(Rows.Opening("INC-1"), new PutText(Rows.Text("t1", "INC-1")), new PutCandidate(Correction));
        Assert.Equivalent(Correction with { Text = Rows.Difficult }, Assert.Single(await ReadAsync(snapshot => snapshot.CandidatesAsync(ReviewState.Waiting))), strict: true);

        await DoneAsync(new ChangeText("t1", ""));

        Assert.Equal("", Assert.Single(await ReadAsync(snapshot => snapshot.CandidatesAsync(ReviewState.Waiting))).Text);
    }

    [Fact]
    public async Task PutCandidate_Decided_CannotBeDecidedAgain()
    {
        var decided = Correction with { State = ReviewState.Accepted, Reviewer = "ada", ReviewedAt = Rows.Moment.AddHours(1) };
        await DoneAsync(Rows.Opening("INC-1"), new PutText(Rows.Text("t1", "INC-1")), new PutCandidate(Correction));
        await DoneAsync(new PutCandidate(decided));

        await ConflictAsync(new PutCandidate(Correction with { State = ReviewState.Rejected, Reviewer = "omar" }));

        Assert.Empty(await ReadAsync(snapshot => snapshot.CandidatesAsync(ReviewState.Waiting)));
        Assert.Empty(await ReadAsync(snapshot => snapshot.CandidatesAsync(ReviewState.Rejected)));
        Assert.Equivalent(decided with { Text = Rows.Difficult }, Assert.Single(await ReadAsync(snapshot => snapshot.CandidatesAsync(ReviewState.Accepted))), strict: true);
    }

    [Fact]
    public async Task LookInAsync_BesideARunningDesk_ReadsWhatIsThere()
    {
        await DoneAsync(new PutPrediction(Acted));
        var other = Create();

        Assert.True(await other.LookInAsync(Stop));

        await using (var snapshot = await other.SnapshotAsync(Stop))
        {
            Assert.Equal(Acted, await snapshot.PredictionAsync("QRY-1"));
        }

        await CloseAsync(other);
        await DoneAsync(new PutPrediction(Acted with { Id = "p2", Ticket = "QRY-2" }));
    }
}
