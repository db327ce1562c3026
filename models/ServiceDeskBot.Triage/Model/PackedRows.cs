using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

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
            Unpack(weights[at..], out var first, out var second, out var third, out var fourth);
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
            Unpack(weights[at..], out var first, out var second, out var third, out var fourth);
            sum = Vector.FusedMultiplyAdd(first, new Vector<float>(other[at..]), sum);
            sum = Vector.FusedMultiplyAdd(second, new Vector<float>(other[(at + width)..]), sum);
            sum = Vector.FusedMultiplyAdd(third, new Vector<float>(other[(at + (2 * width))..]), sum);
            sum = Vector.FusedMultiplyAdd(fourth, new Vector<float>(other[(at + (3 * width))..]), sum);
        }

        return Vector.Sum(sum) * Scales[row];
    }

    /// <summary>As many weights as fit into a vector of bytes, a quarter in each of four vectors of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Unpack(ReadOnlySpan<sbyte> weights, out Vector<float> first, out Vector<float> second, out Vector<float> third, out Vector<float> fourth)
    {
        Vector.Widen(new Vector<sbyte>(weights), out var low, out var high);
        Vector.Widen(low, out var one, out var two);
        Vector.Widen(high, out var three, out var four);
        (first, second, third, fourth) = (Vector.ConvertToSingle(one), Vector.ConvertToSingle(two), Vector.ConvertToSingle(three), Vector.ConvertToSingle(four));
    }

    private static void Accumulate(Vector<float> weights, Vector<float> scale, Span<float> sum) =>
        Vector.FusedMultiplyAdd(weights, scale, new Vector<float>(sum)).CopyTo(sum);
}
