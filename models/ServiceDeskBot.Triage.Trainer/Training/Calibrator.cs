using System.Numerics.Tensors;
using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Fits on held-out rows what turns a head's scores into probabilities, sets and abstention.</summary>
internal static class Calibrator
{
    private const int FewestRows = 20;
    private const float UnfamiliarShare = 0.005f;
    private const float HighestFamiliar = 0.5f;

    public static HeadCalibration Fit(List<HeldOutRow> rows, Recipe recipe)
    {
        if (rows.Count < FewestRows)
        {
            return new HeadCalibration(recipe.LinearShare, 1f, ConfidenceCurve.Plain, 0.1f, recipe.ActPrecision, 0.2f);
        }

        var hidden = TemperatureFitter.Fit(rows, recipe.LinearShare);
        var linear = hidden * recipe.LinearShare;
        var judged = rows.ConvertAll(row => Judge(row, linear, hidden));
        var curve = ConfidenceFitter.Fit(judged);
        return new HeadCalibration(linear, hidden, curve, SetFloor(judged, recipe), ActFrom(judged, curve, recipe), FamiliarFrom(rows));
    }

    private static JudgedRow Judge(HeldOutRow row, float linear, float hidden)
    {
        var probabilities = new float[row.Linear.Length];
        TensorPrimitives.Multiply(row.Linear, linear, probabilities);
        TensorPrimitives.MultiplyAdd(row.Network, hidden, probabilities, probabilities);
        TensorPrimitives.SoftMax<float>(probabilities, probabilities);
        var best = TensorPrimitives.IndexOfMax<float>(probabilities);
        var evidence = new Evidence(Evidence.LogOddsOf(probabilities[best]), row.Linear[best], row.KnownWords, row.KnownGrams);
        return new JudgedRow(best == row.Label, evidence, probabilities[row.Label]);
    }

    /// <summary>Split conformal: the probability that the right answer reaches in all but the allowed share of rows.</summary>
    private static float SetFloor(List<JudgedRow> rows, Recipe recipe)
    {
        var ofRight = rows.Select(row => row.ProbabilityOfRight).Order().ToArray();
        var allowed = (int)Math.Floor((rows.Count + 1) * recipe.SetError) - 1;
        return allowed < 0 ? 0f : ofRight[Math.Min(allowed, ofRight.Length - 1)];
    }

    /// <summary>The lowest confidence from which on the wanted precision holds.</summary>
    private static float ActFrom(List<JudgedRow> rows, ConfidenceCurve curve, Recipe recipe)
    {
        var ranked = rows.Select(row => (Confidence: curve.At(row.Evidence), row.IsRight)).OrderByDescending(row => row.Confidence).ToArray();
        var right = 0;
        var threshold = recipe.ActPrecision;
        for (var i = 0; i < ranked.Length; i++)
        {
            right += ranked[i].IsRight ? 1 : 0;
            if (i + 1 >= FewestRows && right >= recipe.ActPrecision * (i + 1))
            {
                threshold = ranked[i].Confidence;
            }
        }

        return threshold;
    }

    private static float FamiliarFrom(List<HeldOutRow> rows)
    {
        var shares = rows.Select(row => row.KnownGrams).Order().ToArray();
        return Math.Min(HighestFamiliar, shares[(int)(shares.Length * UnfamiliarShare)]);
    }
}

/// <summary>A held-out row after the mix is known.</summary>
internal readonly record struct JudgedRow(bool IsRight, Evidence Evidence, float ProbabilityOfRight);
