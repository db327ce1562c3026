using System.Text.Json;
using ServiceDeskBot.Core.Turns;

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

    /// <summary>What lies here, for other replicas to lay on theirs. Its mark is empty before the first promotion.</summary>
    public SharedModels Content => new(Note, Bytes(Running), Bytes(Previous));

    /// <summary>What says which version shall run since when; empty before the first promotion.</summary>
    public string Note => File.Exists(Marker) ? File.ReadAllText(Marker) : "";

    private string Marker { get; } = Path.Combine(folder, "promoted.json");

    /// <summary>The model to run: the promoted one, else the bundled one, else the rules; and what is wrong if it is not the one that should.</summary>
    public LoadedTriage Load()
    {
        var loaded = TriageModelLoader.Load(Running, bundled);
        return Promoted is { Version: { } version } && !File.Exists(Running)
            ? loaded with { Problem = $"The promoted model {version} is missing from {Running}, so {loaded.Model.Version} runs: promote it again, or say rollback. {loaded.Problem}".Trim() }
            : loaded;
    }

    /// <summary>Takes over what lies on another replica's shelf. The note comes last, so that whoever reads it finds the rest.</summary>
    public void Lay(SharedModels content)
    {
        Directory.CreateDirectory(folder);
        Put(Running, content.Running);
        Put(Previous, content.Previous);
        Replace(Marker, path => File.WriteAllText(path, content.Mark));
    }

    /// <summary>Says which version shall run from now on; <c>null</c>: the bundled one.</summary>
    public void Mark(string? version, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        Replace(Marker, path => File.WriteAllText(path, JsonSerializer.Serialize(new PromotedModel(version, at))));
    }

    private static byte[] Bytes(string path) => File.Exists(path) ? File.ReadAllBytes(path) : [];

    private static void Put(string path, byte[] content)
    {
        if (content.Length > 0)
        {
            Replace(path, temporary => File.WriteAllBytes(temporary, content));
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>A reader sees the old file or the new one.</summary>
    private static void Replace(string path, Action<string> write)
    {
        var temporary = path + ".new";
        write(temporary);
        File.Move(temporary, path, overwrite: true);
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
}
