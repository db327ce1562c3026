using System.Numerics;
using System.Runtime.InteropServices;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>
/// Adam for one row of weights. Rows that a batch does not touch are left alone ("lazy"), which keeps sparse input cheap.
/// Nearly all of training is spent here, so that one loop does every part of the step while the numbers are in registers.
/// </summary>
internal sealed class Adam(int width)
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-7f;
    private readonly float[] _first = new float[width];
    private readonly float[] _second = new float[width];

    /// <param name="gradient">Summed over the batch; cleared for the next one.</param>
    /// <param name="share">What makes the sum a mean.</param>
    public void Step(float[] weights, float[] gradient, float rate, float share)
    {
        var wide = gradient.Length - (gradient.Length % Vector<float>.Count);
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(0, wide));
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient.AsSpan(0, wide));
        var m = MemoryMarshal.Cast<float, Vector<float>>(_first.AsSpan(0, wide));
        var v = MemoryMarshal.Cast<float, Vector<float>>(_second.AsSpan(0, wide));
        for (var i = 0; i < w.Length; i++)
        {
            var mean = g[i] * share;
            m[i] = (m[i] * FirstDecay) + (mean * (1f - FirstDecay));
            v[i] = (v[i] * SecondDecay) + (mean * mean * (1f - SecondDecay));
            w[i] -= m[i] * rate / (Vector.SquareRoot(v[i]) + new Vector<float>(Epsilon));
        }

        for (var i = wide; i < gradient.Length; i++)
        {
            var mean = gradient[i] * share;
            _first[i] = (_first[i] * FirstDecay) + (mean * (1f - FirstDecay));
            _second[i] = (_second[i] * SecondDecay) + (mean * mean * (1f - SecondDecay));
            weights[i] -= _first[i] * rate / (MathF.Sqrt(_second[i]) + Epsilon);
        }

        Array.Clear(gradient);
    }

    /// <summary>What the rate is multiplied by while the averages are young.</summary>
    public static float Correction(int step) => MathF.Sqrt(1f - MathF.Pow(SecondDecay, step)) / (1f - MathF.Pow(FirstDecay, step));
}
