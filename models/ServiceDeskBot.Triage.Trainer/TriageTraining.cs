using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Trainer;

/// <summary>The entry points of <c>train</c>.</summary>
public static class TriageTraining
{
    public const string TriageName = "triage";

    /// <summary>The heads of the desk's own model, which are also the columns of its training data.</summary>
    public static IReadOnlyList<string> TriageHeads { get; } = ["type", "category", "impact", "urgency"];

    /// <summary>Trains a single-label model on any table.</summary>
    public static TrainingOutcome TrainTable(TableTrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ExampleReader.Read(options.Data, options.Text, [options.Label]) switch
        {
            ExampleReading.Refused(var reason) => new TrainingOutcome.Refused(reason),
            ExampleReading.Read read => Train("table", [options.Label], read, [], options.Out, options.Recipe ?? new Recipe(), options.Clock, progress, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Trains the desk's model from its own data and the accepted corrections.</summary>
    public static TrainingOutcome TrainBundled(BundledTrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ExampleReader.Read(options.Data, "text", TriageHeads, "voice") switch
        {
            ExampleReading.Refused(var reason) => new TrainingOutcome.Refused(reason),
            ExampleReading.Read read => Train(TriageName, TriageHeads, read with { Examples = [.. read.Examples, .. options.Corrections] }, [.. options.CalibrateOn.Select(voice => RowsOf(read, voice)).Where(rows => rows.Count > 0)], options.Out, options.Recipe ?? TriageRecipe, options.Clock, progress, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Small enough to be committed. Labels such as "other" or "high" say nothing as texts; with the default smoothing and
    /// cost and with pairs of letters, category was right two points less often on the held-out voices. One network leaves
    /// room for more words, which help more than a second one.
    /// </summary>
    public static Recipe TriageRecipe { get; } = new()
    {
        Budget = 3_900_000,
        HiddenUnits = 64,
        Networks = 1,
        LabelSmoothing = 0.1f,
        LinearCost = 0.8f,
        LearnsLabelNames = false,
        ReadsPairsOfLetters = false,

        // Where urgency abstains, "medium" stands in, which is right less often than this; people correct either in one tap.
        ActPrecisionOf = new Dictionary<string, float>(StringComparer.Ordinal) { ["urgency"] = 0.8f },
    };

    private static HashSet<int> RowsOf(ExampleReading.Read read, string voice) =>
        [.. Enumerable.Range(0, read.Examples.Count).Where(row => string.Equals(read.Examples[row].Voice, voice, StringComparison.Ordinal))];

    private static TrainingOutcome Train(
        string name,
        IReadOnlyList<string> heads,
        ExampleReading.Read read,
        IReadOnlyList<IReadOnlySet<int>> holdOut,
        string path,
        Recipe recipe,
        TimeProvider clock,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var set = LabelledSet.From(heads, read.Examples);
        foreach (var (head, labels) in set.Heads)
        {
            if (labels.Length < 2)
            {
                var found = labels.Length == 0 ? "is empty in every row" : $"holds only '{labels[0]}'";
                return new TrainingOutcome.Refused($"{read.Path}: the column '{head}' {found}; at least two different labels are needed.");
            }
        }

        var model = ModelTraining.Run(name, set, holdOut, recipe, progress, cancellationToken);
        if (ArtefactFile.Write(path, model.Bytes) is { } problem)
        {
            return new TrainingOutcome.Refused(problem);
        }

        var weights = model.Classifier.Weights;
        return new TrainingOutcome.Trained(new TrainingReport(
            model.Classifier.Version,
            path,
            set.Rows,
            [.. set.Heads.Select(head => new HeadSize(head.Name, head.Labels.Length))],
            weights.Vocabulary.Count,
            model.Bytes.Length,
            clock.GetElapsedTime(started),
            read.Warnings));
    }
}

/// <summary>What <c>train --data … --label … --text … --out …</c> asks for.</summary>
public sealed record TableTrainingOptions(string Data, string Label, string Text, string Out)
{
    public Recipe? Recipe { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>What <c>train</c> alone asks for.</summary>
/// <param name="Data">The bundled table, columns text, type, category, impact, urgency.</param>
public sealed record BundledTrainingOptions(string Data, string Out)
{
    /// <summary>
    /// The voices that are held out to calibrate on, one at a time. People at a desk do not write like the rows the model
    /// learned from: held-out rows of the same voices would promise too much. Voices without rows are passed over.
    /// </summary>
    public IReadOnlyList<string> CalibrateOn { get; init; } = ["hand", "office"];

    /// <summary>Reviewed corrections; raw chat has no way in here.</summary>
    public IReadOnlyList<Example> Corrections { get; init; } = [];

    public Recipe? Recipe { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>What came of training.</summary>
public abstract record TrainingOutcome
{
    private TrainingOutcome()
    {
    }

    public sealed record Trained(TrainingReport Report) : TrainingOutcome;

    /// <summary>Nothing was trained or written.</summary>
    /// <param name="Reason">Names file, line and what is allowed.</param>
    public sealed record Refused(string Reason) : TrainingOutcome;
}

/// <summary>What was trained.</summary>
/// <param name="Warnings">What in the data looks wrong but does not stop training: duplicates, contradictions, rare labels, skipped rows.</param>
public sealed record TrainingReport(
    string Version,
    string Path,
    int Rows,
    IReadOnlyList<HeadSize> Heads,
    int Features,
    long Bytes,
    TimeSpan Took,
    IReadOnlyList<string> Warnings);

/// <summary>How many labels a head tells apart.</summary>
public sealed record HeadSize(string Name, int Labels);
