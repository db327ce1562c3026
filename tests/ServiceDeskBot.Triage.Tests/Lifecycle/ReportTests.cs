using ServiceDeskBot.Core.Triage.Reports;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Lifecycle;

public sealed class ReportTests
{
    private static readonly Dictionary<string, double> Type = new(StringComparer.Ordinal) { ["incident"] = 0.5, ["request"] = 0.5 };

    [Theory]
    [InlineData(50, 50, DriftState.Steady)]
    [InlineData(68, 32, DriftState.Moved)]
    [InlineData(90, 10, DriftState.Parted)]
    [InlineData(9, 1, DriftState.TooFew)]
    public void Drift_Predictions_AreComparedWithTraining(int incidents, int requests, DriftState expected)
    {
        string[] predicted = [.. Enumerable.Repeat("incident", incidents), .. Enumerable.Repeat("request", requests)];

        Assert.Equal(expected, DriftReport.For("type", Type, predicted).State);
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
        Assert.Equal(4, language.Withheld);
        Assert.Equal([("de", GapKind.Accuracy), ("de", GapKind.Wait), ("de", GapKind.Priority)], language.Gaps.Select(gap => (gap.Group.Name, gap.Kind)));
        Assert.Equal((0.5, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(10)), (language.Gaps[0].Group.Accuracy, language.Gaps[1].Group.MedianWait!.Value, language.Gaps[1].All.MedianWait!.Value));
    }

    [Fact]
    public void Fairness_NoTickets_HasNoGaps() => Assert.All(FairnessReport.From([], new FairnessLimits()), report => Assert.Empty(report.Gaps));

    private static ServedTicket Ticket(string language, bool right, int minutes) =>
        new(language, "sales", "berlin", right, TimeSpan.FromMinutes(minutes), language == "de" ? 4 : 3);
}
