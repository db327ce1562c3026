using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>From labelled examples to an artefact: calibrate on rows held out, then train on all of them.</summary>
internal static class ModelTraining
{
    public static TrainedModel Run(string name, LabelledSet set, IReadOnlyList<IReadOnlySet<int>> holdOut, Recipe recipe, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new TrainingProgress("Training without the held-out part, to calibrate", 0.05));
        var held = HeldOutScores.Collect(set, holdOut, recipe, cancellationToken);
        var calibrations = held.Select((rows, head) => Calibrator.Fit(rows, recipe.For(set.Heads[head].Name))).ToArray();
        progress?.Report(new TrainingProgress("Training on all rows", 0.5));
        var weights = MemberTraining.Run(set, recipe, cancellationToken);
        var heads = HeadsOf(set, calibrations);
        var bytes = Artefact.Write(name, weights, heads, SharesOf(set));
        progress?.Report(new TrainingProgress("Done", 1));
        return Artefact.Read(bytes, name) is ArtefactReading.Loaded(var classifier)
            ? new TrainedModel(classifier, bytes, held)
            : throw new InvalidOperationException("A model just written cannot be read.");
    }

    private static List<Head> HeadsOf(LabelledSet set, HeadCalibration[] calibrations)
    {
        var heads = new List<Head>();
        var offset = 0;
        for (var i = 0; i < set.Heads.Count; i++)
        {
            heads.Add(new Head(set.Heads[i].Name, set.Heads[i].Labels, offset, calibrations[i]));
            offset += set.Heads[i].Labels.Length;
        }

        return heads;
    }

    private static LabelShares SharesOf(LabelledSet set)
    {
        var shares = new List<IReadOnlyList<float>>();
        for (var head = 0; head < set.Heads.Count; head++)
        {
            var counts = new float[set.Heads[head].Labels.Length];
            var labelled = set.Labels[head].Where(label => label >= 0).ToArray();
            foreach (var label in labelled)
            {
                counts[label] += 1f / labelled.Length;
            }

            shares.Add(counts);
        }

        return new LabelShares(shares, set.Rows);
    }
}

/// <summary>A trained model and the bytes of its artefact.</summary>
internal sealed record TrainedModel(TextClassifier Classifier, byte[] Bytes, List<HeldOutRow>[] HeldOut);

/// <summary>How far training is.</summary>
/// <param name="Done">0 to 1.</param>
public sealed record TrainingProgress(string Step, double Done);
