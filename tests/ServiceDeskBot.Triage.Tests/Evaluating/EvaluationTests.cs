using System.Text.Json;
using ServiceDeskBot.Triage.Trainer.Evaluating;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Evaluating;

public sealed class EvaluationTests : IDisposable
{
    private readonly SampleData _data = new();
    private readonly string _table;

    public EvaluationTests()
    {
        _table = _data.WriteTable();
        _data.Train(_table);
    }

    [Fact]
    public void Run_OwnTraining_ReportsAndWritesPredictions()
    {
        var outcome = Evaluation.Run(new EvaluationOptions(_data.PathOf("model.bin"), _table, "label", "text", _data.PathOf("out.tsv")));

        var report = Assert.IsType<EvaluationOutcome.Done>(outcome).Report;
        Assert.Equal(225, report.Rows);
        Assert.True(report.Accuracy > 0.98);
        Assert.Equal(226, File.ReadAllLines(_data.PathOf("out.tsv")).Length);
        Assert.StartsWith("label\tconfidence\tabstained\n", File.ReadAllText(_data.PathOf("out.tsv")), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal(report.MacroF1, json.RootElement.GetProperty("macroF1").GetDouble());
        Assert.True(json.RootElement.GetProperty("latencyMicroseconds").GetProperty("p99").GetDouble() > 0);
    }

    [Fact]
    public void Run_MissingColumn_IsRefused()
    {
        var outcome = Evaluation.Run(new EvaluationOptions(_data.PathOf("model.bin"), _table, "label", "body"));

        Assert.EndsWith("line 1: there is no column 'body'. Columns: label, text.", Assert.IsType<EvaluationOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LabelsNeverSeen_CountAsMissed()
    {
        var path = _data.Write("new.tsv", "label\ttext\nbrand-new\tthe printer jams on every page\n");

        var outcome = Evaluation.Run(new EvaluationOptions(_data.PathOf("model.bin"), path, "label", "text"));

        Assert.Equal(0, Assert.IsType<EvaluationOutcome.Done>(outcome).Report.Accuracy);
    }

    public void Dispose() => _data.Dispose();
}
