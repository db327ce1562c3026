namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>
/// Whether what the model predicts now is spread as what it was trained on: the population stability index per question.
/// Below 0.1 nothing moved, above 0.25 the world or the model changed.
/// </summary>
/// <param name="Index">Population stability index.</param>
/// <param name="Movers">Labels that moved most, most first.</param>
public sealed record DriftReport(string Head, int Predictions, double Index, DriftState State, IReadOnlyList<Mover> Movers)
{
    /// <summary>With fewer, chance alone moves the index.</summary>
    public const int FewestPredictions = 100;

    private const double Moved = 0.1;
    private const double Parted = 0.25;
    private const double Smallest = 0.001;
    private const int Listed = 3;

    /// <summary>One report per question that the running model was trained on.</summary>
    /// <param name="predictions">Those of other models and those in the shadow are left out.</param>
    public static IReadOnlyList<DriftReport> From(ITriageModel model, IEnumerable<StoredPrediction> predictions)
    {
        var own = predictions.Where(prediction => !prediction.Shadow && prediction.Model == model.Version).ToList();
        return [.. model.TrainingShares.Select(head => For(head.Key, head.Value, [.. own.Select(prediction => prediction.Labels.Of(head.Key)?.Label).OfType<string>()]))];
    }

    /// <summary>Compares the labels predicted in a window with the shares in training.</summary>
    public static DriftReport For(string head, IReadOnlyDictionary<string, double> training, IReadOnlyCollection<string> predicted)
    {
        var counts = predicted.CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var movers = new List<Mover>();
        var index = 0.0;
        foreach (var (label, share) in training)
        {
            var before = Math.Max(share, Smallest);
            var now = Math.Max((double)counts.GetValueOrDefault(label) / Math.Max(predicted.Count, 1), Smallest);
            index += (now - before) * Math.Log(now / before);
            movers.Add(new Mover(label, before, now));
        }

        var state = predicted.Count < FewestPredictions ? DriftState.TooFew : index switch
        {
            > Parted => DriftState.Parted,
            > Moved => DriftState.Moved,
            _ => DriftState.Steady,
        };
        return new DriftReport(head, predicted.Count, index, state, [.. movers.OrderByDescending(mover => Math.Abs(mover.Now - mover.Before)).Take(Listed)]);
    }
}

/// <summary>How far predictions and training are apart.</summary>
public enum DriftState { TooFew, Steady, Moved, Parted }

/// <summary>A label's share in training and now.</summary>
public sealed record Mover(string Label, double Before, double Now);
