using System.Text.Json;

namespace ServiceDeskBot.Triage.Artefacts;

/// <summary>
/// The folder of promoted models: <c>triage.bin</c> runs, <c>triage.previous.bin</c> is what rollback brings back, and
/// <c>promoted.json</c>, written last, says which version shall run since when. Before the first promotion all are absent
/// and the bundled model runs.
/// </summary>
/// <param name="folder">Created at the first promotion.</param>
/// <param name="bundled">Path of the model that came with the product.</param>
public sealed class ModelShelf(string folder, string bundled)
{
    public string Bundled => bundled;

    public string Running { get; } = Path.Combine(folder, "triage.bin");

    public string Previous { get; } = Path.Combine(folder, "triage.previous.bin");

    /// <summary>Where <c>train --with-corrections</c> puts what it made.</summary>
    public string Candidate { get; } = Path.Combine(folder, "candidate.bin");

    /// <summary>Which version shall run and since when; <c>null</c> before the first promotion, or when it cannot be read.</summary>
    public PromotedModel? Promoted => PromotedModel.Read(Marker);

    /// <summary>Differs from an earlier value when another model shall run.</summary>
    public string Stamp => File.Exists(Marker) ? $"{File.GetLastWriteTimeUtc(Marker):O} {new FileInfo(Marker).Length}" : "";

    private string Marker { get; } = Path.Combine(folder, "promoted.json");

    /// <summary>The model to run: the promoted one, else the bundled one, else the rules; and what is wrong if it is not the one that should.</summary>
    public LoadedTriage Load()
    {
        var loaded = TriageModelLoader.Load(Running, bundled);
        return Promoted is { Version: { } version } && !File.Exists(Running)
            ? loaded with { Problem = $"The promoted model {version} is missing from {Running}, so {loaded.Model.Version} runs: promote it again, or say rollback. {loaded.Problem}".Trim() }
            : loaded;
    }

    /// <summary>Says which version shall run from now on; <c>null</c>: the bundled one.</summary>
    public void Mark(string? version, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        new PromotedModel(version, at).Write(Marker);
    }
}

/// <param name="Version"><c>null</c>: the bundled one, after a rollback.</param>
/// <param name="At">Since when.</param>
public sealed record PromotedModel(string? Version, DateTimeOffset At)
{
    internal static PromotedModel? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PromotedModel>(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Without the note the file itself still says which model runs.
            return null;
        }
    }

    /// <summary>A reader sees the old note or the new one.</summary>
    internal void Write(string path)
    {
        var temporary = path + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this));
        File.Move(temporary, path, overwrite: true);
    }
}
