using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>Promoting and rolling back: the only two ways in which another model comes to run.</summary>
public sealed class ModelStore(ModelShelf shelf, TimeProvider clock)
{
    /// <summary>Makes a model the running one if it beats the one that runs on held-out rows.</summary>
    /// <param name="heldOut">Table with the columns text, type, category, impact, urgency; no row of it may have been trained on.</param>
    /// <param name="corrections">Held-out corrections of this desk; see <see cref="ReviewedExamples"/>.</param>
    /// <param name="force">Promotes without proof; the comparison is still reported.</param>
    public PromotionOutcome Promote(string candidate, string heldOut, IReadOnlyList<Example> corrections, bool force = false)
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
            ExampleReading.Read read => Compare(next, candidate, [.. read.Examples, .. corrections], force),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Brings the previous model back, and a second rollback undoes that; the first promoted one gives way to the bundled model.</summary>
    public RollbackOutcome Rollback()
    {
        if (!File.Exists(shelf.Running) && !File.Exists(shelf.Previous) && shelf.Promoted?.Version is null)
        {
            return new RollbackOutcome.Refused("No model was ever promoted: the bundled one runs.");
        }

        if (!File.Exists(shelf.Previous))
        {
            Withdraw();
            return Done(null, Version(shelf.Bundled));
        }

        if (Artefact.Read(shelf.Previous) is ArtefactReading.Refused(var reason))
        {
            return new RollbackOutcome.Refused(reason);
        }

        if (Artefact.Read(shelf.Running) is ArtefactReading.Loaded)
        {
            var swap = shelf.Running + ".swap";
            File.Move(shelf.Previous, swap, overwrite: true);
            File.Move(shelf.Running, shelf.Previous);
            File.Move(swap, shelf.Running);
        }
        else
        {
            Withdraw();
            File.Move(shelf.Previous, shelf.Running);
        }

        return Done(Version(shelf.Running), Version(shelf.Running));
    }

    private RollbackOutcome.Done Done(string? promoted, string version)
    {
        shelf.Mark(promoted, clock.GetUtcNow());
        return new RollbackOutcome.Done(version);
    }

    /// <summary>Kept beside, for whoever wants to know what was wrong with it.</summary>
    private void Withdraw()
    {
        if (File.Exists(shelf.Running))
        {
            File.Move(shelf.Running, Path.ChangeExtension(shelf.Running, ".withdrawn.bin"), overwrite: true);
        }
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

        return Install(path, next.Version) is { } problem
            ? new PromotionOutcome.Refused(problem)
            : new PromotionOutcome.Promoted(next.Version, report);
    }

    private TextClassifier? Running() =>
        new[] { shelf.Running, shelf.Bundled }.Where(File.Exists).Select(Artefact.Read).OfType<ArtefactReading.Loaded>().FirstOrDefault()?.Classifier;

    private string? Install(string path, string version)
    {
        try
        {
            if (Artefact.Read(shelf.Running) is ArtefactReading.Loaded)
            {
                File.Copy(shelf.Running, shelf.Previous, overwrite: true);
            }

            if (ArtefactFile.Write(shelf.Running, File.ReadAllBytes(path)) is { } problem)
            {
                return problem;
            }

            shelf.Mark(version, clock.GetUtcNow());
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{shelf.Running}: cannot be written: {e.Message}";
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

    /// <summary>A desk that runs takes it up within a minute.</summary>
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

    /// <summary>A desk that runs takes the other model up within a minute.</summary>
    /// <param name="Version">Its version.</param>
    public sealed record Done(string Version) : RollbackOutcome;

    public sealed record Refused(string Reason) : RollbackOutcome;
}
