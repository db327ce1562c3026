using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDeskBot.Triage.SideBySide;
using ServiceDeskBot.Triage.Trainer;
using ServiceDeskBot.Triage.Trainer.Evaluating;
using ServiceDeskBot.Triage.Trainer.Training;

// Our half of tests/baselines/run: trains on each split, predicts its parts, writes what compare.py reads.
// Arguments: the folder of splits, then sets by name (none: all) and Recipe settings as Name=value;
// or the folder and "similarity".
var folder = args[0];
if (args.Contains("similarity", StringComparer.Ordinal))
{
    SimilarityMeasurement.Run(folder);
    return;
}

var settings = args.Skip(1).Where(argument => argument.Contains('=', StringComparison.Ordinal)).Select(argument => argument.Split('=')).ToList();
var wanted = args.Skip(1).Where(argument => !argument.Contains('=', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
var recipe = (JsonObject)JsonSerializer.SerializeToNode(new Recipe())!;
foreach (var setting in settings)
{
    recipe[setting[0]] = JsonNode.Parse(setting[1]);
}

foreach (var set in Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where(set => wanted.Count == 0 || wanted.Contains(Path.GetFileName(set))))
{
    Measure(set, recipe.Deserialize<Recipe>()!);
}

static void Measure(string set, Recipe recipe)
{
    var model = Path.Combine(set, "ours.bin");
    using var process = Process.GetCurrentProcess();
    var worked = process.TotalProcessorTime;
    var trained = TriageTraining.TrainTable(new TableTrainingOptions(Path.Combine(set, "train.tsv"), "label", "text", model) { Recipe = recipe });
    if (trained is not TrainingOutcome.Trained(var report))
    {
        throw new InvalidOperationException(((TrainingOutcome.Refused)trained).Reason);
    }

    process.Refresh();
    var processor = (process.TotalProcessorTime - worked).TotalSeconds;
    foreach (var part in new[] { "test", "typos", "oos" }.Where(part => File.Exists(Path.Combine(set, part + ".tsv"))))
    {
        var outcome = Evaluation.Run(new EvaluationOptions(model, Path.Combine(set, part + ".tsv"), "label", "text", Path.Combine(set, $"ours.{part}.tsv")));
        var figures = ((EvaluationOutcome.Done)outcome).Report;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(set),-20} {part,-6} acc {figures.Accuracy:0.0000} F1 {figures.MacroF1:0.0000} ECE {figures.Ece:0.0000} p50 {figures.LatencyMicroseconds.P50:0.0} p99 {figures.LatencyMicroseconds.P99:0.0} us; abstains {figures.Abstained.Share:0.000} else right {figures.Abstained.PrecisionOfRest:0.000}; trained {report.Took.TotalSeconds:0.0} s, {processor:0.0} s of processor, {report.Features} features, {report.Bytes / 1e6:0.0} MB"));
        if (part == "test")
        {
            var use = UseMeasurement.Of(model, Path.Combine(set, "test.tsv"));
            File.WriteAllText(Path.Combine(set, "ours.json"), JsonSerializer.Serialize(new
            {
                seconds = report.Took.TotalSeconds,
                processor,
                rows = report.Rows,
                p50 = figures.LatencyMicroseconds.P50,
                p99 = figures.LatencyMicroseconds.P99,
                persecond = use.PredictionsPerSecond,
                load = use.MillisecondsToLoad,
                allocated = use.BytesPerPrediction,
                bytes = report.Bytes,
            }));
        }
    }
}
