using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer.Lifecycle;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Lifecycle;

public sealed class ReportTests
{
    private static readonly Head Type = new("type", ["incident", "request"], 0, new HeadCalibration(1, 1, ConfidenceCurve.Plain, 0, 0, 0));

    [Fact]
    public void Shadow_StoredPredictions_SaysWhatWouldHaveHappened()
    {
        StoredPrediction[] stored =
        [
            new("INC-1", "m", "type", "incident", 0.9, Abstained: false, "incident"),
            new("INC-2", "m", "type", "incident", 0.9, Abstained: false, "request"),
            new("INC-3", "m", "type", "request", 0.4, Abstained: true, "request"),
            new("INC-4", "m", "type", "request", 0.9, Abstained: false, Final: null),
        ];

        var report = Assert.Single(ShadowReport.From(stored));

        Assert.Equal((4, 3, 2, 1), (report.Predictions, report.Settled, report.WouldAct, report.Asked));
        Assert.Equal(0.5, report.RightWhenActing);
        Assert.Equal([new MixUp("incident", "request", 1)], report.WorstMixUps);
    }

    [Theory]
    [InlineData(50, 50, DriftState.Steady)]
    [InlineData(68, 32, DriftState.Moved)]
    [InlineData(90, 10, DriftState.Parted)]
    [InlineData(9, 1, DriftState.TooFew)]
    public void Drift_Predictions_AreComparedWithTraining(int incidents, int requests, DriftState expected)
    {
        string[] predicted = [.. Enumerable.Repeat("incident", incidents), .. Enumerable.Repeat("request", requests)];

        Assert.Equal(expected, DriftReport.For(Type, [0.5f, 0.5f], predicted).State);
    }

    [Fact]
    public void Fairness_OneLanguageServedWorse_NamesTheGaps()
    {
        var tickets = Enumerable.Range(0, 300).Select(i => Ticket("en", right: i % 10 != 0, minutes: 10))
            .Concat(Enumerable.Range(0, 60).Select(i => Ticket("de", right: i % 2 != 0, minutes: 40)))
            .Concat(Enumerable.Range(0, 4).Select(_ => Ticket("fr", right: false, minutes: 90)))
            .ToList();

        var language = FairnessReport.From(tickets, new FairnessLimits())[0];

        Assert.Equal(["de", "en"], language.Groups.Select(group => group.Name));
        Assert.Equal(
            ["language de: the model is right for 50 % of 60 tickets, for 82 % of all.", "language de: the median wait is 40 minutes, 10 for all."],
            language.Gaps);
    }

    [Fact]
    public void Fairness_NoTickets_HasNoGaps() => Assert.All(FairnessReport.From([], new FairnessLimits()), report => Assert.Empty(report.Gaps));

    private static ServedTicket Ticket(string language, bool right, int minutes) =>
        new(language, "sales", "berlin", right, TimeSpan.FromMinutes(minutes), 3);
}
