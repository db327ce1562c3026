using ServiceDeskBot.Triage.Features;
using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Trains all members on all cores and packs them. Each part of the work is seeded by its own number, so the order in which cores take them changes nothing.</summary>
internal static class MemberTraining
{
    private const int BytesPerFeature = 16;

    public static ClassifierWeights Run(LabelledSet set, Recipe recipe, CancellationToken cancellationToken)
    {
        set = recipe.LearnsLabelNames ? set.WithLabelNames() : set;
        var vocabulary = VocabularyFor(set, recipe);
        var rows = SparseRows.From(vocabulary, set.Texts);
        var damaged = Enumerable.Range(0, recipe.DamagedCopies).Select(copy => SparseRows.From(vocabulary, Damage(set.Texts, recipe, copy))).ToArray();
        var bands = LinearTrainer.Bands(set).ToArray();
        var linear = new float[bands.Length][][];
        var networks = new Network[recipe.Networks];
        var work = new List<Action>();
        work.AddRange(Enumerable.Range(0, networks.Length).Select(member => (Action)(() =>
            networks[member] = new NetworkTrainer(set, rows, damaged, recipe, member).Train(cancellationToken))));
        work.AddRange(Enumerable.Range(0, bands.Length).Select(band => (Action)(() =>
            linear[band] = LinearTrainer.Train(bands[band], set, rows, recipe, cancellationToken))));
        RunAll(work, cancellationToken);
        return Pack(vocabulary, set.Outputs, bands, linear, networks, recipe.HiddenUnits);
    }

    private static Vocabulary VocabularyFor(LabelledSet set, Recipe recipe)
    {
        var hidden = recipe.Networks * recipe.HiddenUnits;
        var most = (recipe.Budget - (hidden * set.Outputs)) / (set.Outputs + hidden + BytesPerFeature);
        return VocabularyBuilder.Build(set.Texts, most, recipe.ReadsPairsOfLetters);
    }

    private static string[] Damage(string[] texts, Recipe recipe, int copy)
    {
        var dice = Dice.For(recipe.Seed, 4_242 + copy);
        return [.. texts.Select(text => TypingErrors.Damage(TypingErrors.LoseWords(text, recipe.MissingWords, dice), recipe.TypoShare, dice))];
    }

    /// <summary>Long parts come first; each core takes the next one when it is free.</summary>
    private static void RunAll(List<Action> work, CancellationToken cancellationToken)
    {
        var next = -1;
        Parallel.For(0, Math.Min(Environment.ProcessorCount, work.Count), new ParallelOptions { CancellationToken = cancellationToken }, _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < work.Count; i = Interlocked.Increment(ref next))
            {
                work[i]();
            }
        });
    }

    private static ClassifierWeights Pack(Vocabulary vocabulary, int outputs, LinearBand[] bands, float[][][] linear, Network[] networks, int hiddenUnits)
    {
        var weights = new ClassifierWeights(vocabulary, outputs, networks.Length * hiddenUnits);
        var row = new float[Math.Max(outputs, weights.Hidden)];
        for (var feature = 0; feature <= vocabulary.Count; feature++)
        {
            for (var band = 0; band < bands.Length; band++)
            {
                linear[band][feature].CopyTo(row, bands[band].Output);
            }

            if (feature == vocabulary.Count)
            {
                row.AsSpan(0, outputs).CopyTo(weights.LinearBias);
                break;
            }

            weights.Linear.Pack(feature, row.AsSpan(0, outputs));
            for (var member = 0; member < networks.Length; member++)
            {
                networks[member].Embedding[feature].CopyTo(row, member * hiddenUnits);
            }

            weights.Embedding.Pack(feature, row.AsSpan(0, weights.Hidden));
        }

        PackOutputs(weights, networks, hiddenUnits);
        return weights;
    }

    /// <summary>The mean of the networks' scores is one network over all their hidden units.</summary>
    private static void PackOutputs(ClassifierWeights weights, Network[] networks, int hiddenUnits)
    {
        var share = networks.Length == 0 ? 0f : 1f / networks.Length;
        for (var member = 0; member < networks.Length; member++)
        {
            var network = networks[member];
            network.HiddenBias.CopyTo(weights.HiddenBias, member * hiddenUnits);
            for (var unit = 0; unit < hiddenUnits; unit++)
            {
                weights.Output.Pack((member * hiddenUnits) + unit, [.. network.Output[unit].Select(weight => weight * share)]);
            }

            for (var output = 0; output < weights.Outputs; output++)
            {
                weights.OutputBias[output] += network.OutputBias[output] * share;
            }
        }
    }
}
