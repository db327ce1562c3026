using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>Once a week the desk looks at itself: whether its predictions part from what the model was trained on, and whether some people are served worse than others. It speaks only when there is something to say.</summary>
internal static class TriageWatch
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(7);

    public static async ValueTask RunAsync(TurnContext context)
    {
        var from = context.Now - TriageReports.Window;
        var parted = DriftReport.From(context.Reading.Model, await context.Snapshot.PredictionsAsync(from, context.Now)).Where(report => report.State == DriftState.Parted).ToList();
        if (parted.Count > 0)
        {
            var facts = parted.Select(report => new Fact(Phrase.Key($"review.{report.Head}"), ReportCards.Of(report)));
            await TellAsync(
                await Accountable.OperatorsAsync(context),
                new Card([new TextPart(Phrase.Key("watch.drift", ("model", context.Reading.Model.Version))), new FactsPart([.. facts]), new TextPart(Phrase.Key("watch.drift-what"), TextStyle.Subtle)], []),
                context);
        }

        var gaps = (await TriageReports.FairnessAsync(context.Snapshot, context.Desk, from, context.Now)).SelectMany(report => report.Gaps).ToList();
        if (gaps.Count > 0)
        {
            await TellAsync(
                await Accountable.ForAutomationAsync(context),
                new Card([new TextPart(Phrase.Key("watch.gaps")), .. gaps.Select(gap => new TextPart(ReportCards.Of(gap))), new TextPart(Phrase.Key("watch.gaps-what"), TextStyle.Subtle)], []),
                context);
        }
    }

    private static async ValueTask TellAsync(IReadOnlyList<string> people, Card card, TurnContext context)
    {
        foreach (var person in people)
        {
            if (await context.ReachAsync(person) is { } place)
            {
                context.Decision.Say(place, card, await context.PersonAsync(person));
            }
        }
    }
}
