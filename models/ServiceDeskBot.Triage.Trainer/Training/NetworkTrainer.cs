using System.Numerics.Tensors;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>
/// Trains one shallow network over the sparse features, all heads at once, with dropout on features and units, smoothed
/// labels and a falling rate. One network is one thread's work; its seed alone decides the result.
/// </summary>
internal sealed class NetworkTrainer
{
    private const int BatchSize = 32;
    private readonly LabelledSet _set;
    private readonly SparseRows _clean;
    private readonly SparseRows[] _damaged;
    private readonly Recipe _recipe;
    private readonly Dice _dice;
    private readonly int _hiddenUnits;
    private readonly int _outputs;

    private readonly float[][] _embedding;
    private readonly Adam?[] _embeddingSteps;
    private readonly float[][] _output;
    private readonly Adam[] _outputSteps;
    private readonly float[][] _outputGradient;
    private readonly float[] _hiddenBias;
    private readonly float[] _outputBias;
    private readonly float[] _hiddenBiasGradient;
    private readonly float[] _outputBiasGradient;
    private readonly Adam _hiddenBiasStep;
    private readonly Adam _outputBiasStep;

    private readonly int[] _slotOf;
    private readonly List<int> _touched = [];
    private readonly List<float[]> _embeddingGradient = [];
    private readonly float[] _hidden;
    private readonly float[] _keep;
    private readonly float[] _scores;
    private readonly float[] _back;
    private int[] _features = new int[512];
    private float[] _values = new float[512];

    public NetworkTrainer(LabelledSet set, SparseRows clean, SparseRows[] damaged, Recipe recipe, int member)
    {
        _set = set;
        _clean = clean;
        _damaged = damaged;
        _recipe = recipe;
        _dice = Dice.For(recipe.Seed, member);
        _hiddenUnits = recipe.HiddenUnits;
        _outputs = set.Outputs;
        _embedding = new float[clean.Features][];
        _embeddingSteps = new Adam?[clean.Features];
        for (var i = 0; i < _embedding.Length; i++)
        {
            _embedding[i] = RandomRow(_hiddenUnits, 0.05f);
        }

        _output = new float[_hiddenUnits][];
        _outputSteps = new Adam[_hiddenUnits];
        _outputGradient = new float[_hiddenUnits][];
        var spread = MathF.Sqrt(2f / (_hiddenUnits + _outputs));
        for (var unit = 0; unit < _hiddenUnits; unit++)
        {
            _output[unit] = RandomRow(_outputs, spread);
            _outputSteps[unit] = new Adam(_outputs);
            _outputGradient[unit] = new float[_outputs];
        }

        _hiddenBias = new float[_hiddenUnits];
        _hiddenBiasGradient = new float[_hiddenUnits];
        _hiddenBiasStep = new Adam(_hiddenUnits);
        _outputBias = new float[_outputs];
        _outputBiasGradient = new float[_outputs];
        _outputBiasStep = new Adam(_outputs);
        _slotOf = new int[clean.Features];
        Array.Fill(_slotOf, -1);
        _hidden = new float[_hiddenUnits];
        _keep = new float[_hiddenUnits];
        _scores = new float[_outputs];
        _back = new float[_hiddenUnits];
    }

    public Network Train(CancellationToken cancellationToken)
    {
        var order = Enumerable.Range(0, _clean.Count).ToArray();
        var batches = (order.Length + BatchSize - 1) / BatchSize;
        var steps = Math.Clamp(batches * _recipe.Epochs, _recipe.FewestSteps, _recipe.MostSteps);
        var step = 0;
        while (step < steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _dice.Shuffle<int>(order);
            for (var batch = 0; batch < batches && step < steps; batch++)
            {
                var from = batch * BatchSize;
                var to = Math.Min(order.Length, from + BatchSize);
                for (var i = from; i < to; i++)
                {
                    Learn(order[i]);
                }

                step++;
                var rate = _recipe.LearningRate * (1f - ((step - 1f) / steps));
                Apply(rate * Adam.Correction(step), 1f / (to - from));
            }
        }

        return new Network(_embedding, _hiddenBias, _output, _outputBias);
    }

    private void Learn(int row)
    {
        var count = Choose(row);
        Forward(count);
        TurnScoresIntoGradient(row);
        Backward(count);
    }

    /// <summary>Takes the row's features, sometimes from a damaged copy, without those dropped.</summary>
    private int Choose(int row)
    {
        var source = _damaged.Length > 0 && _dice.Unit() < _recipe.DamagedShare ? _damaged[_dice.Below(_damaged.Length)] : _clean;
        var features = source.FeaturesOf(row);
        var values = source.ValuesOf(row);
        if (_features.Length < features.Length)
        {
            _features = new int[features.Length * 2];
            _values = new float[features.Length * 2];
        }

        var kept = 0;
        var grow = 1f / (1f - _recipe.InputDropout);
        for (var i = 0; i < features.Length; i++)
        {
            if (_dice.Unit() >= _recipe.InputDropout)
            {
                _features[kept] = features[i];
                _values[kept++] = values[i] * grow;
            }
        }

        return kept;
    }

    private void Forward(int count)
    {
        _hiddenBias.CopyTo(_hidden, 0);
        for (var i = 0; i < count; i++)
        {
            TensorPrimitives.MultiplyAdd(_embedding[_features[i]], _values[i], _hidden, _hidden);
        }

        _outputBias.CopyTo(_scores, 0);
        var grow = 1f / (1f - _recipe.HiddenDropout);
        for (var unit = 0; unit < _hiddenUnits; unit++)
        {
            _keep[unit] = _hidden[unit] > 0 && _dice.Unit() >= _recipe.HiddenDropout ? grow : 0f;
            if (_keep[unit] > 0)
            {
                _hidden[unit] *= grow;
                TensorPrimitives.MultiplyAdd(_output[unit], _hidden[unit], _scores, _scores);
            }
        }
    }

    private void TurnScoresIntoGradient(int row)
    {
        var offset = 0;
        for (var head = 0; head < _set.Heads.Count; head++)
        {
            var scores = _scores.AsSpan(offset, _set.Heads[head].Labels.Length);
            offset += scores.Length;
            var label = _set.Labels[head][row];
            if (label < 0)
            {
                scores.Clear();
                continue;
            }

            TensorPrimitives.SoftMax(scores, scores);
            TensorPrimitives.Subtract(scores, _recipe.LabelSmoothing / scores.Length, scores);
            scores[label] -= 1f - _recipe.LabelSmoothing;
        }
    }

    private void Backward(int count)
    {
        TensorPrimitives.Add(_outputBiasGradient, _scores, _outputBiasGradient);
        for (var unit = 0; unit < _hiddenUnits; unit++)
        {
            _back[unit] = 0f;
            if (_keep[unit] > 0)
            {
                _back[unit] = _keep[unit] * TensorPrimitives.Dot<float>(_output[unit], _scores);
                TensorPrimitives.MultiplyAdd(_scores, _hidden[unit], _outputGradient[unit], _outputGradient[unit]);
            }
        }

        TensorPrimitives.Add(_hiddenBiasGradient, _back, _hiddenBiasGradient);
        for (var i = 0; i < count; i++)
        {
            var gradient = GradientOf(_features[i]);
            TensorPrimitives.MultiplyAdd(_back, _values[i], gradient, gradient);
        }
    }

    private float[] GradientOf(int feature)
    {
        var slot = _slotOf[feature];
        if (slot < 0)
        {
            slot = _touched.Count;
            _slotOf[feature] = slot;
            _touched.Add(feature);
            if (slot == _embeddingGradient.Count)
            {
                _embeddingGradient.Add(new float[_hiddenUnits]);
            }
        }

        return _embeddingGradient[slot];
    }

    private void Apply(float rate, float share)
    {
        for (var slot = 0; slot < _touched.Count; slot++)
        {
            var feature = _touched[slot];
            (_embeddingSteps[feature] ??= new Adam(_hiddenUnits)).Step(_embedding[feature], _embeddingGradient[slot], rate, share);
            _slotOf[feature] = -1;
        }

        _touched.Clear();
        for (var unit = 0; unit < _hiddenUnits; unit++)
        {
            _outputSteps[unit].Step(_output[unit], _outputGradient[unit], rate, share);
        }

        _hiddenBiasStep.Step(_hiddenBias, _hiddenBiasGradient, rate, share);
        _outputBiasStep.Step(_outputBias, _outputBiasGradient, rate, share);
    }

    private float[] RandomRow(int width, float spread)
    {
        var row = new float[width];
        for (var i = 0; i < width; i++)
        {
            row[i] = ((_dice.Unit() * 2f) - 1f) * spread;
        }

        return row;
    }
}
