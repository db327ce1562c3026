using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>
/// Fits the confidence curve by logistic regression on held-out rows. More margin and more known terms may only raise
/// confidence: a factor that comes out negative is noise and is left out.
/// </summary>
internal static class ConfidenceFitter
{
    private const int Terms = 5;
    private const int LogOdds = 1;
    private const double Penalty = 1.0;
    private static readonly double[] Prior = [0, 1, 0, 0, 0];

    public static ConfidenceCurve Fit(List<JudgedRow> rows)
    {
        var used = Enumerable.Repeat(true, Terms).ToArray();
        while (true)
        {
            var found = Solve(rows, used);
            var negative = Enumerable.Range(LogOdds, Terms - LogOdds).Where(term => used[term] && found[term] < 0).ToArray();
            if (negative.Length == 0)
            {
                return new ConfidenceCurve((float)found[0], (float)found[1], (float)found[2], (float)found[3], (float)found[4]);
            }

            used[negative.MinBy(term => found[term])] = false;
        }
    }

    private static double[] Solve(List<JudgedRow> rows, bool[] used)
    {
        const int steps = 25;
        var beta = (double[])Prior.Clone();
        for (var term = LogOdds + 1; term < Terms; term++)
        {
            beta[term] = 0;
        }

        if (!used[LogOdds])
        {
            beta[LogOdds] = 0;
        }

        for (var step = 0; step < steps; step++)
        {
            Newton(rows, used, beta);
        }

        return beta;
    }

    private static void Newton(List<JudgedRow> rows, bool[] used, double[] beta)
    {
        var gradient = new double[Terms];
        var curvature = new double[Terms, Terms];
        for (var i = 0; i < Terms; i++)
        {
            gradient[i] = Penalty * (beta[i] - Prior[i]);
            curvature[i, i] = Penalty;
        }

        Span<double> x = stackalloc double[Terms];
        foreach (var row in rows)
        {
            (x[0], x[1], x[2], x[3], x[4]) = (1, row.Evidence.LogOdds, row.Evidence.Margin, row.Evidence.KnownWords, row.Evidence.KnownGrams);
            var z = 0.0;
            for (var i = 0; i < Terms; i++)
            {
                z += beta[i] * x[i];
            }

            var p = 1 / (1 + Math.Exp(-z));
            for (var i = 0; i < Terms; i++)
            {
                gradient[i] += (p - (row.IsRight ? 1 : 0)) * x[i];
                for (var j = 0; j < Terms; j++)
                {
                    curvature[i, j] += p * (1 - p) * x[i] * x[j];
                }
            }
        }

        Step(gradient, curvature, used, beta);
    }

    /// <summary>Gaussian elimination over the terms in use; the matrix is positive definite, so no pivoting is needed.</summary>
    private static void Step(double[] gradient, double[,] curvature, bool[] used, double[] beta)
    {
        const double longest = 3;
        var active = Enumerable.Range(0, Terms).Where(term => used[term]).ToArray();
        for (var a = 0; a < active.Length; a++)
        {
            for (var b = a + 1; b < active.Length; b++)
            {
                var factor = curvature[active[b], active[a]] / curvature[active[a], active[a]];
                gradient[active[b]] -= factor * gradient[active[a]];
                for (var c = a; c < active.Length; c++)
                {
                    curvature[active[b], active[c]] -= factor * curvature[active[a], active[c]];
                }
            }
        }

        for (var a = active.Length - 1; a >= 0; a--)
        {
            for (var c = a + 1; c < active.Length; c++)
            {
                gradient[active[a]] -= curvature[active[a], active[c]] * gradient[active[c]];
            }

            gradient[active[a]] /= curvature[active[a], active[a]];
        }

        foreach (var term in active)
        {
            beta[term] -= Math.Clamp(gradient[term], -longest, longest);
        }
    }
}
