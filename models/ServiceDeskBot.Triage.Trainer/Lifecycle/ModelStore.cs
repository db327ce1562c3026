using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>
/// The promoted models in a folder: <c>triage.bin</c> runs, <c>triage.previous.bin</c> is what rollback brings back.
/// Before the first promotion both are absent and the bundled model runs.
/// </summary>
/// <param name="folder">Created at the first promotion.</param>
/// <param name="bundled">Path of the model that came with the product.</param>
public sealed class ModelStore(string folder, string bundled)
{
    private readonly string _running = Path.Combine(folder, "triage.bin");
    private readonly string _previous = Path.Combine(folder, "triage.previous.bin");

    /// <summary>Where to load from, best first.</summary>
    public IReadOnlyList<string> Paths => [_running, bundled];

    /// <summary>Makes a model the running one if it beats the one that runs on held-out rows.</summary>
    /// <param name="heldOut">Table with the columns text, type, category, impact, urgency; no row of it may have been trained on.</param>
    /// <param name="force">Promotes without proof; the comparison is still reported.</param>
    public PromotionOutcome Promote(string candidate, string heldOut, bool force = false)
    {
        var reading = Artefact.Read(candidate);
        if (reading is not ArtefactReading.Loaded(var next))
        {
            return new PromotionOutcome.Refused(((ArtefactReading.Refused)reading).Reason);
        }

        if (!TriageModel.Answers(next))
        {
            return new PromotionOutcome.Refused($"The model {candidate} was trained on a single column and cannot triage.");
        }

        return ExampleReader.Read(heldOut, "text", TriageTraining.TriageHeads) switch
        {
            ExampleReading.Refused(var reason) => new PromotionOutcome.Refused(reason),
            ExampleReading.Read read => Compare(next, candidate, read.Examples, force),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Brings the previous model back, and a second rollback undoes that; the first promoted one gives way to the bundled model.</summary>
    public RollbackOutcome Rollback()
    {
        if (!File.Exists(_running))
        {
            return new RollbackOutcome.Refused("No model was ever promoted: the bundled one runs.");
        }

        if (!File.Exists(_previous))
        {
            File.Move(_running, Path.ChangeExtension(_running, ".withdrawn.bin"), overwrite: true);
            return new RollbackOutcome.Done(Version(bundled));
        }

        if (Artefact.Read(_previous) is ArtefactReading.Refused(var reason))
        {
            return new RollbackOutcome.Refused(reason);
        }

        var swap = _running + ".swap";
        File.Move(_previous, swap, overwrite: true);
        File.Move(_running, _previous);
        File.Move(swap, _running);
        return new RollbackOutcome.Done(Version(_running));
    }

    private PromotionOutcome Compare(TextClassifier next, string path, IReadOnlyList<Example> heldOut, bool force)
    {
        var report = Running() is { } running
            ? Comparison.Run(running, next, TriageTraining.TriageHeads, heldOut)
            : null;
        if (report is { IsBetter: false } && !force)
        {
            return new PromotionOutcome.NotBetter(report);
        }

        return Install(path) is { } problem
            ? new PromotionOutcome.Refused(problem)
            : new PromotionOutcome.Promoted(next.Version, report);
    }

    private TextClassifier? Running() =>
        Paths.Where(File.Exists).Select(Artefact.Read).OfType<ArtefactReading.Loaded>().FirstOrDefault()?.Classifier;

    private string? Install(string path)
    {
        try
        {
            if (File.Exists(_running))
            {
                File.Copy(_running, _previous, overwrite: true);
            }

            return ArtefactFile.Write(_running, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{_running}: cannot be written: {e.Message}";
        }
    }

    private static string Version(string path) =>
        Artefact.Read(path) is ArtefactReading.Loaded(var classifier) ? classifier.Version : "rules";
}

/// <summary>What came of a promotion.</summary>
public abstract record PromotionOutcome
{
    private PromotionOutcome()
    {
    }

    /// <summary>It runs from the next start or reload on.</summary>
    /// <param name="Comparison">Null when no usable model ran before.</param>
    public sealed record Promoted(string Version, ComparisonReport? Comparison) : PromotionOutcome;

    public sealed record NotBetter(ComparisonReport Comparison) : PromotionOutcome;

    public sealed record Refused(string Reason) : PromotionOutcome;
}

/// <summary>What came of a rollback.</summary>
public abstract record RollbackOutcome
{
    private RollbackOutcome()
    {
    }

    /// <summary>The other model runs from the next start or reload on.</summary>
    /// <param name="Version">Its version.</param>
    public sealed record Done(string Version) : RollbackOutcome;

    public sealed record Refused(string Reason) : RollbackOutcome;
}
