using System.CommandLine;
using System.Globalization;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Trainer.Evaluating;

namespace ServiceDeskBot.Commands;

/// <summary><c>evaluate</c> measures a model on a table with known answers.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CommandRun run)
    {
        var model = new Option<string>("--model") { Description = "The model; the bundled one when left out.", DefaultValueFactory = _ => TriageModelLoader.BundledPath };
        var data = new Option<string>("--data") { Description = "Tab-separated table.", Required = true };
        var label = new Option<string>("--label") { Description = "The column with the right answers.", Required = true };
        var text = new Option<string>("--text") { Description = "The column with the texts.", DefaultValueFactory = _ => "text" };
        var predictions = new Option<string?>("--predictions") { Description = "Where to write label, confidence and abstained per row." };
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON." };
        var command = new Command("evaluate", "Measures a model on texts with known answers.") { model, data, label, text, predictions, json };
        command.SetAction((parsed, cancellationToken) => EvaluateAsync(
            new EvaluationOptions(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetRequiredValue(label), parsed.GetRequiredValue(text), parsed.GetValue(predictions)),
            parsed.GetValue(json),
            run,
            cancellationToken));
        return command;
    }

    private static async Task<int> EvaluateAsync(EvaluationOptions options, bool json, CommandRun run, CancellationToken cancellationToken)
    {
        switch (Evaluation.Run(options, cancellationToken))
        {
            case EvaluationOutcome.Refused(var reason):
                return await run.RefuseAsync(reason);
            case EvaluationOutcome.Done(var report):
                await run.SayAsync(json ? report.ToJson() : InWords(report));
                return DeskCommands.Done;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string InWords(EvaluationReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        model        {report.Model}
        rows         {report.Rows}
        accuracy     {report.Accuracy:P1}
        macro-F1     {report.MacroF1:0.000}
        ECE          {report.Ece:0.000}
        abstained    {report.Abstained.Share:P1}; right among the rest {report.Abstained.PrecisionOfRest ?? double.NaN:P1}
        latency      {report.LatencyMicroseconds.P50:0} µs at the median, {report.LatencyMicroseconds.P99:0} µs at 99 %
        """);
}
