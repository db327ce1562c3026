using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Model;

/// <summary>
/// Everything a classifier learned. Two members share the features: a linear one (feature → answers) and an ensemble
/// of shallow networks laid side by side (feature → hidden → answers), so that their average is one matrix.
/// </summary>
internal sealed class ClassifierWeights(Vocabulary vocabulary, int outputs, int hidden)
{
    public Vocabulary Vocabulary { get; } = vocabulary;

    public int Outputs { get; } = outputs;

    public int Hidden { get; } = hidden;

    public PackedRows Linear { get; } = new(vocabulary.Count, outputs);

    public float[] LinearBias { get; } = new float[outputs];

    public PackedRows Embedding { get; } = new(vocabulary.Count, hidden);

    public float[] HiddenBias { get; } = new float[hidden];

    /// <summary>From each hidden unit to every answer.</summary>
    public PackedRows Output { get; } = new(hidden, outputs);

    public float[] OutputBias { get; } = new float[outputs];
}
