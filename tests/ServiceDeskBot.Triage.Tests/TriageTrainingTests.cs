using ServiceDeskBot.Triage.Trainer;
using Xunit;

namespace ServiceDeskBot.Triage.Tests;

public sealed class TriageTrainingTests : IDisposable
{
    private readonly SampleData _data = new();

    [Fact]
    public void TrainTable_PlainTable_LearnsIt()
    {
        var classifier = _data.TrainAndLoad();

        Assert.Equal("printing", classifier.Heads[0].Labels[classifier.Classify("the printer in room 5 is out of toner").Label]);
        Assert.Equal("network", classifier.Heads[0].Labels[classifier.Classify("wifi drops").Label]);
    }

    [Fact]
    public void TrainTable_SameSeedTwice_SameBytes()
    {
        var table = _data.WriteTable();
        _data.Train(table, "a.bin");
        _data.Train(table, "b.bin");

        Assert.Equal(File.ReadAllBytes(_data.PathOf("a.bin")), File.ReadAllBytes(_data.PathOf("b.bin")));
    }

    [Theory]
    [InlineData("parking_permit")]
    [InlineData("ParkingPermit")]
    [InlineData("PARKING-PERMIT")]
    public void TrainTable_WordsOfALabelThatNoTextHolds_AreKnown(string label)
    {
        var table = _data.Write("named.tsv", File.ReadAllText(_data.WriteTable()) + $"{label}\tmy car stands outside\n{label}\twhere may i leave the van\n");
        _data.Train(table);
        var classifier = _data.Load();

        Assert.Equal(label, classifier.Heads[0].Labels[classifier.Classify("a parking permit please").Label]);
    }

    [Fact]
    public void TrainTable_MissingColumn_NamesThoseThereAre()
    {
        var outcome = _data.Train(_data.WriteTable(), label: "intent");

        Assert.EndsWith("train.tsv, line 1: there is no column 'intent'. Columns: label, text.", Refusal(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void TrainTable_MissingFile_SaysSo() =>
        Assert.EndsWith("nowhere.tsv: there is no such file.", Refusal(_data.Train(_data.PathOf("nowhere.tsv"))), StringComparison.Ordinal);

    [Fact]
    public void TrainTable_InvalidUtf8_NamesTheLine()
    {
        var path = _data.Write("bad.tsv", [.. "label\ttext\na\tfine\nb\tbro"u8, 0xff, .. "ken\n"u8]);

        Assert.EndsWith("bad.tsv, line 3: not valid UTF-8. Save the file as UTF-8.", Refusal(_data.Train(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void TrainTable_TooManyFields_NamesTheLine()
    {
        var path = _data.Write("bad.tsv", "label\ttext\na\tone\nb\ttwo\tthree\n");

        Assert.Contains("bad.tsv, line 3: 3 fields where the header has 2.", Refusal(_data.Train(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void TrainTable_OneClassOnly_IsRefused()
    {
        var path = _data.Write("one.tsv", "label\ttext\na\tone\na\ttwo\n");

        Assert.EndsWith("the column 'label' holds only 'a'; at least two different labels are needed.", Refusal(_data.Train(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void TrainTable_EmptyFile_IsRefused() =>
        Assert.EndsWith("the file is empty; a header line is needed.", Refusal(_data.Train(_data.Write("empty.tsv", ""))), StringComparison.Ordinal);

    [Fact]
    public void TrainTable_SingleExampleDuplicatesContradictionsAndGaps_TrainsAndWarnsWithLines()
    {
        var path = _data.Write("odd.tsv", File.ReadAllText(_data.WriteTable()) + "rare\ta lonely sentence\nprinting\tsame words\nprinting\tsame words\nprinting\ttorn text\nnetwork\ttorn text\n\tno label\naccess\t \n");

        var report = Assert.IsType<TrainingOutcome.Trained>(_data.Train(path)).Report;

        Assert.Equal(
            [
                "2 rows without text or label were skipped (line 232, 233).",
                "1 texts occur more than once with the same label (line 228).",
                "1 texts occur with different labels (line 231); the model can only be unsure about them.",
                "1 labels have a single example and will hardly be found: rare (line 227).",
            ],
            report.Warnings);
    }

    public void Dispose() => _data.Dispose();

    private static string Refusal(TrainingOutcome outcome) => Assert.IsType<TrainingOutcome.Refused>(outcome).Reason;
}
