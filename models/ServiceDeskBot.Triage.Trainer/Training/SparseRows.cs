using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>The training texts as sparse vectors, end to end.</summary>
internal sealed class SparseRows
{
    private readonly int[][] _features;
    private readonly float[][] _values;

    private SparseRows(int rows, int features)
    {
        _features = new int[rows][];
        _values = new float[rows][];
        Features = features;
    }

    public int Count => _features.Length;

    public int Features { get; }

    public static SparseRows From(Vocabulary vocabulary, string[] texts)
    {
        var rows = new SparseRows(texts.Length, vocabulary.Count);
        Parallel.For(0, texts.Length, () => new TextVector(vocabulary), (row, _, vector) =>
        {
            vector.Read(texts[row]);
            rows._features[row] = vector.Features.ToArray();
            rows._values[row] = vector.Values.ToArray();
            return vector;
        }, _ => { });
        return rows;
    }

    public ReadOnlySpan<int> FeaturesOf(int row) => _features[row];

    public ReadOnlySpan<float> ValuesOf(int row) => _values[row];
}
