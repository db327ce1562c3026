using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Trainer.Tables;

namespace ServiceDeskBot.Commands;

/// <summary><c>classify "text"</c> prints a prediction as JSON; <c>classify --file in.tsv --out out.tsv</c> predicts a table.</summary>
internal static class ClassifyCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(CommandRun run)
    {
        var text = new Argument<string?>("text") { Description = "One message, in quotes.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "Tab-separated table with a column 'text'." };
        var to = new Option<string?>("--out") { Description = "Where to write type, category, impact, urgency and confidence." };
        var command = new Command("classify", "Shows what the model makes of a message, or of many.") { text, file, to };
        command.SetAction((parsed, _) => (parsed.GetValue(text), parsed.GetValue(file), parsed.GetValue(to)) switch
        {
            ({ } one, null, null) => OneAsync(one, run),
            (null, { } table, { } target) => TableAsync(table, target, run),
            _ => run.RefuseAsync("Say either classify \"text\" or classify --file in.tsv --out out.tsv.", DeskCommands.Wrong),
        });
        return command;
    }

    private static async Task<int> OneAsync(string text, CommandRun run)
    {
        await using var app = run.Build();
        var prediction = app.Services.GetRequiredService<ITriageModel>().Predict(text);
        await run.SayAsync(JsonSerializer.Serialize(
            new
            {
                prediction.Model,
                Type = prediction.Type.Label,
                prediction.Type.Confidence,
                Abstained = prediction.Type.Abstain,
                prediction.Type.Candidates,
                Category = prediction.Category.Label,
                CategoryConfidence = prediction.Category.Confidence,
                Impact = prediction.Impact.Label,
                ImpactConfidence = prediction.Impact.Confidence,
                Urgency = prediction.Urgency.Label,
                UrgencyConfidence = prediction.Urgency.Confidence,
                prediction.Reasons,
            },
            Readable));
        return DeskCommands.Done;
    }

    private static async Task<int> TableAsync(string from, string to, CommandRun run)
    {
        if (TableReader.Read(from) is not TableReading.Read(var table))
        {
            return await run.RefuseAsync(((TableReading.Refused)TableReader.Read(from)).Reason);
        }

        if (table.Find("text") is not ColumnSearch.Found(var column))
        {
            return await run.RefuseAsync(((ColumnSearch.Missing)table.Find("text")).Reason);
        }

        await using var app = run.Build();
        var model = app.Services.GetRequiredService<ITriageModel>();
        var lines = new StringBuilder("type\tcategory\timpact\turgency\tconfidence\n");
        foreach (var row in table.Rows)
        {
            var prediction = model.Predict(row.Fields[column]);
            lines.Append(CultureInfo.InvariantCulture, $"{prediction.Type.Label}\t{prediction.Category.Label}\t{prediction.Impact.Label}\t{prediction.Urgency.Label}\t{prediction.Type.Confidence:0.######}\n");
        }

        await File.WriteAllTextAsync(to, lines.ToString());
        await run.SayAsync($"{table.Rows.Count} predictions by {model.Version} written to {to}");
        return DeskCommands.Done;
    }
}
