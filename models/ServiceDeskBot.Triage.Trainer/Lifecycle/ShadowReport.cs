namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>
/// A prediction that was stored beside what people did. In shadow mode nothing was acted on; the report says what would
/// have happened.
/// </summary>
/// <param name="Final">The label that the ticket had when it was closed; null while it is open.</param>
public sealed record StoredPrediction(string Ticket, string Model, string Head, string Label, double Confidence, bool Abstained, string? Final);

/// <summary>What would have happened if the desk had acted on the predictions.</summary>
/// <param name="Settled">Predictions whose ticket is closed: only they can be judged.</param>
/// <param name="WouldAct">Settled ones that the model was sure of.</param>
/// <param name="RightWhenActing">Share of those that people ended at too; null when there are none.</param>
/// <param name="Asked">Settled ones where it would have asked or handed to people.</param>
/// <param name="WorstMixUps">Most frequent wrong actions.</param>
public sealed record ShadowReport(string Head, int Predictions, int Settled, int WouldAct, double? RightWhenActing, int Asked, IReadOnlyList<MixUp> WorstMixUps)
{
    private const int Listed = 10;

    /// <summary>One report per head.</summary>
    public static IReadOnlyList<ShadowReport> From(IEnumerable<StoredPrediction> predictions) =>
        [.. predictions.GroupBy(prediction => prediction.Head, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Of)];

    private static ShadowReport Of(IGrouping<string, StoredPrediction> head)
    {
        var settled = head.Where(prediction => prediction.Final is not null).ToList();
        var acted = settled.Where(prediction => !prediction.Abstained).ToList();
        var mixUps = acted
            .Where(prediction => prediction.Label != prediction.Final)
            .GroupBy(prediction => (prediction.Label, Final: prediction.Final!))
            .Select(group => new MixUp(group.Key.Label, group.Key.Final, group.Count()))
            .OrderByDescending(mixUp => mixUp.Times)
            .ThenBy(mixUp => mixUp.Said, StringComparer.Ordinal)
            .Take(Listed);
        return new ShadowReport(
            head.Key,
            head.Count(),
            settled.Count,
            acted.Count,
            acted.Count == 0 ? null : (double)acted.Count(prediction => prediction.Label == prediction.Final) / acted.Count,
            settled.Count - acted.Count,
            [.. mixUps]);
    }
}

/// <summary>A wrong action and how often.</summary>
public sealed record MixUp(string Said, string Was, int Times);
