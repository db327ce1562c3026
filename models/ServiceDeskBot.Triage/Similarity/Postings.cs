namespace ServiceDeskBot.Triage.Similarity;

/// <summary>The texts that hold one term, with the term's weight in each (already divided by the text's length).</summary>
internal sealed class Postings(float idf)
{
    private int[] _texts = new int[2];
    private float[] _weights = new float[2];

    public float Idf { get; } = idf;

    public int Count { get; private set; }

    public float Heaviest { get; private set; }

    public ReadOnlySpan<int> Texts => _texts.AsSpan(0, Count);

    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    public void Add(int text, float weight)
    {
        if (Count == _texts.Length)
        {
            Array.Resize(ref _texts, Count * 2);
            Array.Resize(ref _weights, Count * 2);
        }

        _texts[Count] = text;
        _weights[Count++] = weight;
        Heaviest = Math.Max(Heaviest, weight);
    }
}
