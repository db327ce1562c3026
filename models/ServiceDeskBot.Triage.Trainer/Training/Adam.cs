using System.Numerics.Tensors;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Adam for one row of weights. Rows that a batch does not touch are left alone ("lazy"), which keeps sparse input cheap.</summary>
internal sealed class Adam(int width)
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-7f;
    private readonly float[] _first = new float[width];
    private readonly float[] _second = new float[width];

    /// <param name="scratch">At least as wide as the row.</param>
    public void Step(Span<float> weights, ReadOnlySpan<float> gradient, float rate, Span<float> scratch)
    {
        scratch = scratch[..gradient.Length];
        TensorPrimitives.Multiply(_first, FirstDecay, _first);
        TensorPrimitives.MultiplyAdd(gradient, 1f - FirstDecay, _first, _first);
        TensorPrimitives.Multiply(gradient, gradient, scratch);
        TensorPrimitives.Multiply(_second, SecondDecay, _second);
        TensorPrimitives.MultiplyAdd(scratch, 1f - SecondDecay, _second, _second);
        TensorPrimitives.Sqrt(_second, scratch);
        TensorPrimitives.Add(scratch, Epsilon, scratch);
        TensorPrimitives.Divide(_first, scratch, scratch);
        TensorPrimitives.MultiplyAdd(scratch, -rate, weights, weights);
    }

    /// <summary>What the rate is multiplied by while the averages are young.</summary>
    public static float Correction(int step) => MathF.Sqrt(1f - MathF.Pow(SecondDecay, step)) / (1f - MathF.Pow(FirstDecay, step));
}
