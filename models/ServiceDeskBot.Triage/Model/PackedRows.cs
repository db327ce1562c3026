using System.Numerics;
using System.Numerics.Tensors;

namespace ServiceDeskBot.Triage.Model;

/// <summary>
/// One row of 8-bit weights per feature, each with its own scale, kept packed in memory: what a prediction costs is
/// fetching its rows, and a byte a weight keeps most of them in the cache.
/// </summary>
internal sealed class PackedRows
{
    private const float Steps = 127f;
    private readonly sbyte[] _weights;
    private readonly int _stride;

    public PackedRows(int rows, int width)
    {
        Rows = rows;
        Width = width;
        _stride = PaddedWidth(width);
        _weights = new sbyte[(long)rows * _stride];
        Scales = new float[rows];
    }

    public int Rows { get; }

    public int Width { get; }

    public float[] Scales { get; }

    /// <summary>The width that an accumulator must have.</summary>
    public static int PaddedWidth(int width) => (width + 31) / 32 * 32;

    public Span<sbyte> Row(int row) => _weights.AsSpan(row * _stride, Width);

    public void Pack(int row, ReadOnlySpan<float> weights)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(weights));
        if (largest == 0)
        {
            return;
        }

        Scales[row] = largest / Steps;
        var packed = Row(row);
        for (var i = 0; i < weights.Length; i++)
        {
            packed[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / Scales[row]), -Steps, Steps);
        }
    }

    /// <summary>Adds a row times a factor. The package has no multiply-add from bytes to floats, hence the loop.</summary>
    public void AddRow(int row, float factor, Span<float> sum)
    {
        var scale = new Vector<float>(factor * Scales[row]);
        var weights = _weights.AsSpan(row * _stride, _stride);
        var width = Vector<float>.Count;
        for (var at = 0; at < weights.Length; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(weights[at..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Accumulate(first, scale, sum[at..]);
            Accumulate(second, scale, sum[(at + width)..]);
            Accumulate(third, scale, sum[(at + (2 * width))..]);
            Accumulate(fourth, scale, sum[(at + (3 * width))..]);
        }
    }

    /// <summary>One weight, unpacked.</summary>
    public float At(int row, int column) => Scales[row] * _weights[(row * _stride) + column];

    /// <summary>Dot product of a row with a vector of <see cref="PaddedWidth"/>, whose padding does not count.</summary>
    public float Dot(int row, ReadOnlySpan<float> other)
    {
        var sum = Vector<float>.Zero;
        var weights = _weights.AsSpan(row * _stride, _stride);
        var width = Vector<float>.Count;
        for (var at = 0; at < weights.Length; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(weights[at..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(first), new Vector<float>(other[at..]), sum);
            sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(second), new Vector<float>(other[(at + width)..]), sum);
            sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(third), new Vector<float>(other[(at + (2 * width))..]), sum);
            sum = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(fourth), new Vector<float>(other[(at + (3 * width))..]), sum);
        }

        return Vector.Sum(sum) * Scales[row];
    }

    private static void Accumulate(Vector<int> weights, Vector<float> scale, Span<float> sum) =>
        Vector.FusedMultiplyAdd(Vector.ConvertToSingle(weights), scale, new Vector<float>(sum)).CopyTo(sum);
}
