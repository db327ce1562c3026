using System.CommandLine;
using System.Globalization;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Trainer;

namespace ServiceDeskBot.Commands;

/// <summary>
/// <c>train</c> rebuilds the desk's own model from <c>models/data</c>; <c>train --with-corrections</c> makes a candidate for
/// <c>promote</c> out of the same rows and what reviewers accepted; with a label column it trains a model of its own on any table.
/// </summary>
internal static class TrainCommand
{
    private const string Usage = "Say train --data TABLE --label COLUMN --text COLUMN --out MODEL, or train alone (or train --with-corrections) in the project's root.";

    private static readonly string BundledData = Path.Combine("models", "data", "train.tsv");

    public static Command Create(CommandRun run)
    {
        var data = new Option<string?>("--data") { Description = "Tab-separated table; the desk's own training data when left out." };
        var label = new Option<string?>("--label") { Description = "The column with the right answers." };
        var text = new Option<string?>("--text") { Description = "The column with the texts." };
        var to = new Option<string?>("--out") { Description = "Where to write the model; models/triage.bin for the desk's own, candidate.bin in the data folder with corrections." };
        var corrections = new Option<bool>("--with-corrections") { Description = "Learn also from the corrections that reviewers accepted." };
        var command = new Command("train", "Trains a model.") { data, label, text, to, corrections };
        command.SetAction((parsed, cancellationToken) => (parsed.GetValue(data), parsed.GetValue(label), parsed.GetValue(text), parsed.GetValue(to), parsed.GetValue(corrections)) switch
        {
            ({ } table, { } column, { } words, { } path, false) => SayAsync(TriageTraining.TrainTable(new TableTrainingOptions(table, column, words, path), cancellationToken: cancellationToken), run),
            (var table, null, null, var path, false) => SayAsync(
                TriageTraining.TrainBundled(new BundledTrainingOptions(table ?? BundledData, path ?? Path.Combine("models", "triage.bin")), cancellationToken: cancellationToken),
                run),
            (var table, null, null, var path, true) => WithCorrectionsAsync(table ?? BundledData, path, run, cancellationToken),
            _ => run.RefuseAsync(Usage, DeskCommands.Wrong),
        });
        return command;
    }

    private static async Task<int> WithCorrectionsAsync(string data, string? path, CommandRun run, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var accepted = await Corrections.ReadAsync(app.Services, cancellationToken);
        await run.SayAsync($"{accepted.Training.Count} accepted corrections to learn from; {accepted.HeldOut.Count} are kept for promote to judge by.");
        var options = new BundledTrainingOptions(data, path ?? app.Services.GetRequiredService<ModelShelf>().Candidate) { Corrections = accepted.Training };
        return await SayAsync(TriageTraining.TrainBundled(options, cancellationToken: cancellationToken), run);
    }

    private static async Task<int> SayAsync(TrainingOutcome outcome, CommandRun run)
    {
        if (outcome is not TrainingOutcome.Trained(var report))
        {
            return await run.RefuseAsync(((TrainingOutcome.Refused)outcome).Reason);
        }

        foreach (var warning in report.Warnings)
        {
            await run.SayAsync($"note: {warning}");
        }

        var heads = string.Join(", ", report.Heads.Select(head => $"{head.Name} ({head.Labels} labels)"));
        await run.SayAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Version}: {report.Rows} texts, {heads}, {report.Features} features, {report.Bytes / 1024.0:0} KiB, {report.Took.TotalSeconds:0.0} s; written to {report.Path}"));
        return DeskCommands.Done;
    }
}
