using System.Text;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer;
using ServiceDeskBot.Triage.Trainer.Training;

namespace ServiceDeskBot.Triage.Tests;

/// <summary>A small desk of made-up sentences, and files in a folder that goes away with the test.</summary>
internal sealed class SampleData : IDisposable
{
    public static readonly Recipe Quick = new() { Epochs = 12, HiddenUnits = 32, Networks = 1, Parts = 3, Budget = 1_000_000 };

    private static readonly (string Label, string[] Starts, string[] Things)[] Topics =
    [
        ("printing", ["the printer", "our printer", "printing", "the print queue", "a printer"], ["jams on every page", "is out of toner", "prints blank paper", "shows a paper error", "is offline again"]),
        ("network", ["the wifi", "wireless", "the network", "our internet", "the access point"], ["keeps dropping", "is very slow", "has no signal here", "went down", "disconnects all the time"]),
        ("access", ["my password", "my account", "the login", "two factor", "signing in"], ["is locked", "has expired", "needs a reset", "rejects me", "asks again and again"]),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("triage-").FullName;

    public static IEnumerable<(string Label, string Text)> Rows =>
        from topic in Topics
        from start in topic.Starts
        from thing in topic.Things
        from ending in new[] { "", " since monday", " please help" }
        select (topic.Label, $"{start} {thing}{ending}");

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    public string WriteTable(string name = "train.tsv") =>
        Write(name, "label\ttext\n" + string.Concat(Rows.Select(row => $"{row.Label}\t{row.Text}\n")));

    public TrainingOutcome Train(string data, string model = "model.bin", string label = "label", string text = "text") =>
        TriageTraining.TrainTable(new TableTrainingOptions(data, label, text, PathOf(model)) { Recipe = Quick });

    public TextClassifier TrainAndLoad()
    {
        Train(WriteTable());
        return Load();
    }

    public TextClassifier Load() => ((ArtefactReading.Loaded)Artefact.Read(PathOf("model.bin"))).Classifier;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
