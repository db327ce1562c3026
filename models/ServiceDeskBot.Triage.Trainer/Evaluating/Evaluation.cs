using System.Globalization;
using System.Text;
using System.Text.Json;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer.Tables;

namespace ServiceDeskBot.Triage.Trainer.Evaluating;

/// <summary>The entry point of <c>evaluate</c>.</summary>
public static class Evaluation
{
    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    /// <summary>Predicts every row of a table, one at a time, and compares.</summary>
    public static EvaluationOutcome Run(EvaluationOptions options, CancellationToken cancellationToken = default)
    {
        var model = Artefact.Read(options.Model);
        if (model is not ArtefactReading.Loaded(var classifier))
        {
            return new EvaluationOutcome.Refused(((ArtefactReading.Refused)model).Reason);
        }

        return TableReader.Read(options.Data) switch
        {
            TableReading.Refused(var reason) => new EvaluationOutcome.Refused(reason),
            TableReading.Read(var table) => Evaluate(classifier, table, options, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static EvaluationOutcome Evaluate(TextClassifier classifier, Table table, EvaluationOptions options, CancellationToken cancellationToken)
    {
        switch (table.Find(options.Label), table.Find(options.Text))
        {
            case (ColumnSearch.Missing(var reason), _):
                return new EvaluationOutcome.Refused(reason);
            case (_, ColumnSearch.Missing(var reason)):
                return new EvaluationOutcome.Refused(reason);
            case (ColumnSearch.Found(var label), ColumnSearch.Found(var text)):
                return Evaluate(classifier, table, label, text, options, cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static EvaluationOutcome Evaluate(TextClassifier classifier, Table table, int label, int text, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var rows = table.Rows.Where(row => row.Fields[label].Length > 0).ToList();
        if (rows.Count == 0)
        {
            return new EvaluationOutcome.Refused($"{table.Path}: no row has a label in the column '{options.Label}'.");
        }

        var head = HeadFor(classifier, options.Label);
        WarmUp(classifier, rows, text, head);
        var outcomes = new List<Outcome>(rows.Count);
        var latencies = new double[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = options.Clock.GetTimestamp();
            var answer = classifier.Classify(rows[i].Fields[text], head);
            latencies[i] = options.Clock.GetElapsedTime(started).TotalMicroseconds;
            outcomes.Add(new Outcome(rows[i].Fields[label].Trim(), classifier.Heads[head].Labels[answer.Label], answer.Confidence, answer.Abstain));
        }

        return WritePredictions(options.Predictions, outcomes) is { } problem
            ? new EvaluationOutcome.Refused(problem)
            : new EvaluationOutcome.Done(Report(classifier, outcomes, latencies));
    }

    /// <summary>A desk predicts all day: its latency is that of compiled code.</summary>
    private static void WarmUp(TextClassifier classifier, List<TableRow> rows, int text, int head)
    {
        const int predictions = 2_000;
        for (var i = 0; i < predictions; i++)
        {
            classifier.Classify(rows[i % rows.Count].Fields[text], head);
        }
    }

    /// <summary>A triage model is asked the head of the label column's name; any other has one head.</summary>
    private static int HeadFor(TextClassifier classifier, string label)
    {
        for (var i = 0; i < classifier.Heads.Count; i++)
        {
            if (string.Equals(classifier.Heads[i].Name, label, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return 0;
    }

    private static EvaluationReport Report(TextClassifier classifier, List<Outcome> outcomes, double[] latencies)
    {
        Array.Sort(latencies);
        var acted = outcomes.Where(outcome => !outcome.Abstained).ToList();
        return new EvaluationReport(
            classifier.Version,
            outcomes.Count,
            Metrics.Accuracy(outcomes),
            Metrics.MacroF1(outcomes),
            Metrics.CalibrationError(outcomes),
            Metrics.Coverage(outcomes, Thresholds),
            new Abstention((double)(outcomes.Count - acted.Count) / outcomes.Count, acted.Count == 0 ? null : Metrics.Accuracy(acted)),
            new LatencyMicroseconds(At(0.5), At(0.9), At(0.99), latencies[^1]));

        double At(double share) => latencies[(int)(share * (latencies.Length - 1))];
    }

    private static string? WritePredictions(string? path, List<Outcome> outcomes)
    {
        if (path is null)
        {
            return null;
        }

        var lines = new StringBuilder("label\tconfidence\tabstained\n");
        foreach (var outcome in outcomes)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{outcome.Label}\t{outcome.Confidence:0.######}\t{(outcome.Abstained ? "true" : "false")}\n");
        }

        return ArtefactFile.Write(path, Encoding.UTF8.GetBytes(lines.ToString()));
    }
}

/// <summary>What <c>evaluate</c> asks for.</summary>
/// <param name="Label">Column with the right labels; of a triage model also the head that answers.</param>
/// <param name="Predictions">Where to write <c>label confidence abstained</c> per row; null for nowhere.</param>
public sealed record EvaluationOptions(string Model, string Data, string Label, string Text, string? Predictions = null)
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>What came of evaluating.</summary>
public abstract record EvaluationOutcome
{
    private EvaluationOutcome()
    {
    }

    public sealed record Done(EvaluationReport Report) : EvaluationOutcome;

    /// <summary>Nothing was measured.</summary>
    /// <param name="Reason">Names file, line and what is allowed.</param>
    public sealed record Refused(string Reason) : EvaluationOutcome;
}

/// <summary>The figures of one evaluation, as <c>--json</c> prints them.</summary>
public sealed record EvaluationReport(
    string Model,
    int Rows,
    double Accuracy,
    double MacroF1,
    double Ece,
    IReadOnlyList<CoveragePoint> Coverage,
    Abstention Abstained,
    LatencyMicroseconds LatencyMicroseconds)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string ToJson() => JsonSerializer.Serialize(this, Readable);
}

/// <summary>What the model would not decide.</summary>
/// <param name="Share">Of all rows.</param>
/// <param name="PrecisionOfRest">Share right among the rows it decided; null when it decided none.</param>
public sealed record Abstention(double Share, double? PrecisionOfRest);

/// <summary>Time for one prediction in process, in microseconds.</summary>
public sealed record LatencyMicroseconds(double P50, double P90, double P99, double Max);
