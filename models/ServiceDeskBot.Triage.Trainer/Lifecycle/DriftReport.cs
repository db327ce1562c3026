using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>
/// Whether what the model predicts now is spread as what it was trained on: the population stability index per head.
/// Below 0.1 nothing moved, above 0.25 the world or the model changed.
/// </summary>
/// <param name="Index">Population stability index.</param>
/// <param name="Movers">Labels that moved most, most first.</param>
public sealed record DriftReport(string Head, int Predictions, double Index, DriftState State, IReadOnlyList<Mover> Movers)
{
    private const int FewestPredictions = 100;
    private const double Moved = 0.1;
    private const double Parted = 0.25;
    private const float Smallest = 0.001f;
    private const int Listed = 5;

    /// <summary>Compares the labels predicted in a window with the shares in training.</summary>
    public static DriftReport For(Head head, IReadOnlyList<float> training, IReadOnlyCollection<string> predicted)
    {
        var counts = predicted.CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var movers = new List<Mover>();
        var index = 0.0;
        for (var i = 0; i < head.Labels.Count; i++)
        {
            var before = Math.Max(training[i], Smallest);
            var now = Math.Max((float)counts.GetValueOrDefault(head.Labels[i]) / Math.Max(predicted.Count, 1), Smallest);
            index += (now - before) * Math.Log(now / before);
            movers.Add(new Mover(head.Labels[i], before, now));
        }

        var state = predicted.Count < FewestPredictions ? DriftState.TooFew : index switch
        {
            > Parted => DriftState.Parted,
            > Moved => DriftState.Moved,
            _ => DriftState.Steady,
        };
        return new DriftReport(head.Name, predicted.Count, index, state, [.. movers.OrderByDescending(mover => Math.Abs(mover.Now - mover.Before)).Take(Listed)]);
    }
}

/// <summary>How far predictions and training are apart.</summary>
public enum DriftState { TooFew, Steady, Moved, Parted }

/// <summary>A label's share in training and now.</summary>
public sealed record Mover(string Label, double Before, double Now);
