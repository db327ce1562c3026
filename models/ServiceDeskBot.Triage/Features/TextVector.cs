namespace ServiceDeskBot.Triage.Features;

/// <summary>
/// A message as a sparse TF-IDF vector over a vocabulary: the word part and the character part are each of length one.
/// Reused from message to message; not for concurrent use.
/// </summary>
internal sealed class TextVector(Vocabulary vocabulary)
{
    private readonly int[] _occurrences = new int[vocabulary.Count];
    private int[] _features = new int[512];
    private float[] _values = new float[512];

    public FeatureHashes Source { get; } = new();

    public int Count { get; private set; }

    public ReadOnlySpan<int> Features => _features.AsSpan(0, Count);

    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count);

    /// <summary>Share of the message's tokens that the vocabulary knows, 0 to 1; 0 for a message without any.</summary>
    public float KnownWords { get; private set; }

    /// <summary>Share of the message's character 3-5-grams that the vocabulary knows, 0 to 1.</summary>
    public float KnownGrams { get; private set; }

    public void Read(ReadOnlySpan<char> text)
    {
        Source.Read(text);
        CountOccurrences();
        Weigh();
    }

    /// <summary>How often the message holds a feature; valid until the next message.</summary>
    public int OccurrencesOf(int feature) => _occurrences[feature];

    private void CountOccurrences()
    {
        foreach (var feature in Features)
        {
            _occurrences[feature] = 0;
        }

        Count = 0;
        var hashes = Source.Hashes;
        var knownWords = 0;
        var knownGrams = 0;
        for (var i = 0; i < hashes.Length; i++)
        {
            var feature = vocabulary.Find(hashes[i]);
            if (feature < 0)
            {
                continue;
            }

            knownWords += i < Source.UnigramCount ? 1 : 0;
            knownGrams += i >= Source.LongGramStart ? 1 : 0;
            if (_occurrences[feature]++ == 0)
            {
                Add(feature);
            }
        }

        KnownWords = Share(knownWords, Source.UnigramCount);
        KnownGrams = Share(knownGrams, Source.Count - Source.LongGramStart);
    }

    private void Weigh()
    {
        float words = 0, grams = 0;
        for (var i = 0; i < Count; i++)
        {
            var feature = _features[i];
            var occurrences = _occurrences[feature];
            var value = vocabulary.Idf[feature] * (occurrences == 1 ? 1f : 1f + MathF.Log(occurrences));
            _values[i] = value;
            if (feature < vocabulary.WordCount)
            {
                words += value * value;
            }
            else
            {
                grams += value * value;
            }
        }

        var wordScale = words > 0 ? 1f / MathF.Sqrt(words) : 0f;
        var gramScale = grams > 0 ? 1f / MathF.Sqrt(grams) : 0f;
        for (var i = 0; i < Count; i++)
        {
            _values[i] *= _features[i] < vocabulary.WordCount ? wordScale : gramScale;
        }
    }

    private void Add(int feature)
    {
        if (Count == _features.Length)
        {
            Array.Resize(ref _features, Count * 2);
            Array.Resize(ref _values, Count * 2);
        }

        _features[Count++] = feature;
    }

    private static float Share(int part, int whole) => whole == 0 ? 0f : (float)part / whole;
}
