using System.Numerics.Tensors;
using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Model;

/// <summary>The raw scores of one message; reused from message to message, not for concurrent use.</summary>
internal sealed class Scores(ClassifierWeights weights)
{
    private readonly float[] _linear = new float[PackedRows.PaddedWidth(weights.Outputs)];
    private readonly float[] _hidden = new float[PackedRows.PaddedWidth(weights.Hidden)];
    private readonly float[] _network = new float[PackedRows.PaddedWidth(weights.Outputs)];

    public TextVector Vector { get; } = new(weights.Vocabulary);

    public ReadOnlySpan<float> Linear => _linear.AsSpan(0, weights.Outputs);

    public ReadOnlySpan<float> Network => _network.AsSpan(0, weights.Outputs);

    public ReadOnlySpan<float> Hidden => _hidden.AsSpan(0, weights.Hidden);

    public TermShares Shares { get; } = new(weights.Vocabulary.Count, weights.Hidden);

    /// <summary>Room for the probabilities of the head in hand.</summary>
    public float[] Probabilities { get; } = new float[weights.Outputs];

    public void Read(ReadOnlySpan<char> text)
    {
        Vector.Read(text);
        weights.LinearBias.CopyTo(_linear.AsSpan());
        weights.HiddenBias.CopyTo(_hidden.AsSpan());
        weights.OutputBias.CopyTo(_network.AsSpan());
        var features = Vector.Features;
        var values = Vector.Values;
        for (var i = 0; i < features.Length; i++)
        {
            weights.Linear.AddRow(features[i], values[i], _linear);
            weights.Embedding.AddRow(features[i], values[i], _hidden);
        }

        for (var unit = 0; unit < weights.Hidden; unit++)
        {
            if (_hidden[unit] > 0)
            {
                weights.Output.AddRow(unit, _hidden[unit], _network);
            }
        }
    }

    /// <summary>The probabilities of a head's answers.</summary>
    public ReadOnlySpan<float> ProbabilitiesOf(Head head)
    {
        var count = head.Labels.Count;
        var result = Probabilities.AsSpan(0, count);
        TensorPrimitives.Multiply(Linear.Slice(head.Offset, count), head.Calibration.LinearWeight, result);
        TensorPrimitives.MultiplyAdd(Network.Slice(head.Offset, count), head.Calibration.HiddenWeight, result, result);
        TensorPrimitives.SoftMax(result, result);
        return result;
    }
}
