using System.CommandLine;
using System.Globalization;
using ServiceDeskBot.Triage.Trainer;

namespace ServiceDeskBot.Commands;

/// <summary><c>train</c> rebuilds the desk's own model from <c>models/data</c>; with a table and a label column it trains a model of its own.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandRun run)
    {
        var data = new Option<string?>("--data") { Description = "Tab-separated table; the desk's own training data when left out." };
        var label = new Option<string?>("--label") { Description = "The column with the right answers." };
        var text = new Option<string?>("--text") { Description = "The column with the texts." };
        var to = new Option<string?>("--out") { Description = "Where to write the model; models/triage.bin for the desk's own." };
        var command = new Command("train", "Trains a model.") { data, label, text, to };
        command.SetAction((parsed, cancellationToken) => (parsed.GetValue(data), parsed.GetValue(label), parsed.GetValue(text), parsed.GetValue(to)) switch
        {
            ({ } table, { } column, { } words, { } path) => Train(() => TriageTraining.TrainTable(new TableTrainingOptions(table, column, words, path), cancellationToken: cancellationToken), run),
            (var table, null, null, var path) => Train(
                () => TriageTraining.TrainBundled(new BundledTrainingOptions(table ?? Path.Combine("models", "data", "train.tsv"), path ?? Path.Combine("models", "triage.bin")), cancellationToken: cancellationToken),
                run),
            _ => run.RefuseAsync("Say train --data TABLE --label COLUMN --text COLUMN --out MODEL, or train alone in the project's root.", DeskCommands.Wrong),
        });
        return command;
    }

    private static async Task<int> Train(Func<TrainingOutcome> train, CommandRun run)
    {
        if (train() is not TrainingOutcome.Trained(var report))
        {
            return await run.RefuseAsync(((TrainingOutcome.Refused)train()).Reason);
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
