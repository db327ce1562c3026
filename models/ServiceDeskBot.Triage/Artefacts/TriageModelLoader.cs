using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Rules;

namespace ServiceDeskBot.Triage.Artefacts;

/// <summary>Finds the model to run; the desk keeps working by rules and people when none can be loaded.</summary>
public static class TriageModelLoader
{
    /// <summary>The artefact that comes with the product.</summary>
    public static string BundledPath { get; } = Path.Combine(AppContext.BaseDirectory, "models", "triage.bin");

    /// <summary>Takes the first usable artefact.</summary>
    /// <param name="paths">Best first: the promoted one, then the bundled one. Missing files are passed over silently except the last.</param>
    public static LoadedTriage Load(params IReadOnlyList<string> paths)
    {
        var problems = new List<string>();
        for (var i = 0; i < paths.Count; i++)
        {
            if (i + 1 < paths.Count && !File.Exists(paths[i]))
            {
                continue;
            }

            switch (Artefact.Read(paths[i]))
            {
                case ArtefactReading.Loaded(var classifier) when TriageModel.Answers(classifier):
                    return new LoadedTriage(new TriageModel(classifier), paths[i], Join(problems));
                case ArtefactReading.Loaded:
                    problems.Add($"The model {paths[i]} was trained on a single column and cannot triage.");
                    break;
                case ArtefactReading.Refused(var reason):
                    problems.Add(reason);
                    break;
            }
        }

        problems.Add("Triage runs on keyword rules, and people decide, until a model is trained or restored.");
        return new LoadedTriage(new RulesTriageModel(), null, Join(problems));
    }

    private static string? Join(List<string> problems) => problems.Count == 0 ? null : string.Join(' ', problems);
}

/// <summary>The model that runs.</summary>
/// <param name="Path">The artefact it came from; null for the rules.</param>
/// <param name="Problem">What is wrong, for the log, the doctor and the digest; null when all is well.</param>
public sealed record LoadedTriage(ITriageModel Model, string? Path, string? Problem)
{
    public bool IsFallback => Path is null;
}
