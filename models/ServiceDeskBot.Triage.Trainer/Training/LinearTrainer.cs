using System.Numerics.Tensors;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>
/// The linear member: one-against-rest support vector machines with squared hinge loss, solved in the dual one row at a
/// time. All classes of a band see the same row at once, so that the inner loop runs over classes and is a vector
/// operation; bands do not touch each other and run on separate cores without changing a bit.
/// </summary>
internal static class LinearTrainer
{
    private const int BandWidth = 64;

    /// <summary>The independent parts of the work.</summary>
    public static IEnumerable<LinearBand> Bands(LabelledSet set)
    {
        var offset = 0;
        for (var head = 0; head < set.Heads.Count; head++)
        {
            var labels = set.Heads[head].Labels.Length;
            for (var first = 0; first < labels; first += BandWidth)
            {
                yield return new LinearBand(head, first, Math.Min(BandWidth, labels - first), offset + first);
            }

            offset += labels;
        }
    }

    /// <summary>Trains the classes of one band; the last row of the result is the bias.</summary>
    public static float[][] Train(LinearBand band, LabelledSet set, SparseRows rows, Recipe recipe, CancellationToken cancellationToken)
    {
        var classes = band.Count;
        var labels = set.Labels[band.Head];
        var order = Enumerable.Range(0, rows.Count).Where(row => labels[row] >= 0).ToArray();
        var weights = new float[rows.Features + 1][];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = new float[classes];
        }

        var duals = new float[rows.Count][];
        foreach (var row in order)
        {
            duals[row] = new float[classes];
        }

        var dice = Dice.For(recipe.Seed, 1_000 + band.Output);
        var diagonal = 1f / (2f * recipe.LinearCost);
        var step = new float[classes];
        for (var pass = 0; pass < recipe.LinearPasses; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            dice.Shuffle<int>(order);
            foreach (var row in order)
            {
                Visit(rows, row, labels[row] - band.First, weights, duals[row], step, diagonal);
            }
        }

        return weights;
    }

    private static void Visit(SparseRows rows, int row, int label, float[][] weights, float[] duals, float[] step, float diagonal)
    {
        var features = rows.FeaturesOf(row);
        var values = rows.ValuesOf(row);
        weights[^1].CopyTo(step, 0);
        for (var i = 0; i < features.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(weights[features[i]], values[i], step, step);
        }

        var curvature = 1f + TensorPrimitives.SumOfSquares(values) + diagonal;
        if (!TurnScoresIntoSteps(step, duals, label, diagonal, curvature))
        {
            return;
        }

        TensorPrimitives.Add(weights[^1], step, weights[^1]);
        for (var i = 0; i < features.Length; i++)
        {
            var target = weights[features[i]];
            TensorPrimitives.MultiplyAdd(step, values[i], target, target);
        }
    }

    /// <summary>Replaces each class's score by the step of its weights; false when no class moves.</summary>
    private static bool TurnScoresIntoSteps(float[] step, float[] duals, int label, float diagonal, float curvature)
    {
        const float still = 1e-5f;
        var moved = 0f;
        for (var c = 0; c < step.Length; c++)
        {
            var side = c == label ? 1f : -1f;
            var gradient = (side * step[c]) - 1f + (diagonal * duals[c]);
            var dual = Math.Max(duals[c] - (gradient / curvature), 0f);
            step[c] = (dual - duals[c]) * side;
            moved = Math.Max(moved, Math.Abs(step[c]));
            duals[c] = dual;
        }

        return moved > still;
    }
}

/// <summary>Neighbouring classes of one head.</summary>
/// <param name="First">The first class within its head.</param>
/// <param name="Output">The first class among the outputs of all heads.</param>
internal readonly record struct LinearBand(int Head, int First, int Count, int Output);
