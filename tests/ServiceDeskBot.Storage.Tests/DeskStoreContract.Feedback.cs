using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public async Task SurveyAsync_AfterPut_ReturnsEveryFieldAndTheLatestState()
    {
        var survey = new Survey("INC-1", "zoe", "network", Rows.Moment, "offered");
        await DoneAsync(new PutSurvey(survey));
        Assert.Equal(survey, await ReadAsync(snapshot => snapshot.SurveyAsync("INC-1")));

        await DoneAsync(new PutSurvey(survey with { State = "answered" }));

        Assert.Equal("answered", (await ReadAsync(snapshot => snapshot.SurveyAsync("INC-1")))!.State);
        Assert.Null(await ReadAsync(snapshot => snapshot.SurveyAsync("INC-2")));
    }

    [Fact]
    public async Task LastSurveyAsync_NewestWithdrawn_IsTheOneBefore()
    {
        await DoneAsync(
            new PutSurvey(new Survey("INC-1", "zoe", "network", Rows.Moment, "skipped")),
            new PutSurvey(new Survey("INC-2", "zoe", "network", Rows.Moment.AddDays(-1), "answered")),
            new PutSurvey(new Survey("INC-3", "zoe", "network", Rows.Moment.AddDays(1), "withdrawn")),
            new PutSurvey(new Survey("INC-4", "bo", "network", Rows.Moment.AddDays(2), "offered")));

        Assert.Equal(Rows.Moment, await ReadAsync(snapshot => snapshot.LastSurveyAsync("zoe")));
        Assert.Null(await ReadAsync(snapshot => snapshot.LastSurveyAsync("nobody")));
    }

    [Fact]
    public async Task NamedFeedbackAsync_Window_TakesItsStartAndNotItsEnd()
    {
        var feedback = new NamedFeedback("f1", "INC-1", "zoe", "network", new Scores("partly", 4, "yes", Rows.Difficult), true, Rows.Moment);
        await DoneAsync(
            new PutNamedFeedback(feedback),
            new PutNamedFeedback(feedback with { Id = "f0", At = Rows.Moment.AddTicks(-1), MayContact = false }),
            new PutNamedFeedback(feedback with { Id = "f2", At = Rows.Moment.AddDays(1) }),
            new PutNamedFeedback(feedback with { Id = "f3", Team = "identity" }));

        Assert.Equal([feedback], await ReadAsync(snapshot => snapshot.NamedFeedbackAsync("network", Rows.Moment, Rows.Moment.AddDays(1))));
        Assert.Equal(["f0", "f1", "f2"], (await ReadAsync(snapshot => snapshot.NamedFeedbackAsync("network", Rows.Moment.AddDays(-1), Rows.Moment.AddDays(2)))).Select(one => one.Id));
    }

    [Fact]
    public async Task AnonymousFeedbackAsync_Weeks_TakesFirstAndLast()
    {
        AnonymousFeedback Of(int week, string team = "network") => new(team, Monday.AddDays(7 * week), new Scores("no", week + 1, "partly", null));
        await DoneAsync(new PutAnonymousFeedback(Of(0)), new PutAnonymousFeedback(Of(1)), new PutAnonymousFeedback(Of(1, "identity")), new PutAnonymousFeedback(Of(2)), new PutAnonymousFeedback(Of(3)));

        Assert.Equal([Of(1), Of(2)], await ReadAsync(snapshot => snapshot.AnonymousFeedbackAsync("network", Monday.AddDays(7), Monday.AddDays(14))));
    }

    [Fact]
    public async Task AnonymousFeedbackAsync_ManyOfOneWeek_AreNotInTheOrderTheyCame()
    {
        for (var i = 0; i < 32; i++)
        {
            await DoneAsync(new PutAnonymousFeedback(new AnonymousFeedback("network", Monday, new Scores("yes", 5, "yes", $"{i}"))));
        }

        var read = (await ReadAsync(snapshot => snapshot.AnonymousFeedbackAsync("network", Monday, Monday))).Select(one => int.Parse(one.Scores.Comment!, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(32, read.Count);
        Assert.NotEqual(read.Order(), read);
    }

    [Fact]
    public async Task MarkTold_Again_Conflicts()
    {
        await DoneAsync(new MarkTold("mara", Monday));

        await ConflictAsync(new MarkTold("mara", Monday), new SetTimer("mara", "digest", Rows.Moment));

        Assert.Null(await Store.NextTimerDueAsync(Stop));
        Assert.True(await ReadAsync(snapshot => snapshot.WasToldAsync("mara", Monday)));
        Assert.False(await ReadAsync(snapshot => snapshot.WasToldAsync("mara", Monday.AddDays(7))));
        Assert.False(await ReadAsync(snapshot => snapshot.WasToldAsync("ada", Monday)));
    }
}
