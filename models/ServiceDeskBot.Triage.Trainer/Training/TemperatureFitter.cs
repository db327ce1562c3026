using System.Numerics.Tensors;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>
/// Temperature scaling: the one factor on the blended scores that makes the held-out labels most likely. The loss is
/// convex in it, so Newton steps with halving find the minimum. The blend itself is not fitted: on few rows that
/// chases noise, and the chosen one was as good as any on every set.
/// </summary>
internal static class TemperatureFitter
{
    private const int MostSteps = 50;
    private const double Smallest = 1e-3;

    public static float Fit(List<HeldOutRow> rows, float linearShare)
    {
        var blended = rows.ConvertAll(row => (row.Label, Scores: Blend(row, linearShare)));
        var factor = 1.0;
        var at = LossAt(blended, factor);
        for (var step = 0; step < MostSteps; step++)
        {
            var next = Math.Max(Smallest, factor - (at.Slope / at.Curvature));
            var there = LossAt(blended, next);
            while (there.Loss > at.Loss && Math.Abs(next - factor) > 1e-6)
            {
                next = (next + factor) / 2;
                there = LossAt(blended, next);
            }

            var gained = at.Loss - there.Loss;
            (factor, at) = (next, there);
            if (gained < 1e-8 * rows.Count)
            {
                break;
            }
        }

        return (float)factor;
    }

    private static float[] Blend(HeldOutRow row, float linearShare)
    {
        var scores = new float[row.Linear.Length];
        TensorPrimitives.MultiplyAdd(row.Linear, linearShare, row.Network, scores);
        return scores;
    }

    private static (double Loss, double Slope, double Curvature) LossAt(List<(int Label, float[] Scores)> rows, double factor)
    {
        double loss = 0, slope = 0, curvature = 1e-6;
        var p = new float[rows[0].Scores.Length];
        foreach (var (label, scores) in rows)
        {
            TensorPrimitives.Multiply(scores, (float)factor, p);
            TensorPrimitives.SoftMax<float>(p, p);
            loss -= Math.Log(Math.Max(p[label], 1e-12f));
            double mean = TensorPrimitives.Dot<float>(p, scores);
            slope += mean - scores[label];
            for (var k = 0; k < p.Length; k++)
            {
                curvature += p[k] * (scores[k] - mean) * (scores[k] - mean);
            }
        }

        return (loss, slope, curvature);
    }
}
