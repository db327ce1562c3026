using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Model;
using ServiceDeskBot.Triage.Trainer;
using ServiceDeskBot.Triage.Trainer.Lifecycle;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Lifecycle;

public sealed class ModelStoreTests : IDisposable
{
    private readonly SampleData _data = new();
    private readonly ModelShelf _shelf;
    private readonly ModelStore _store;

    public ModelStoreTests()
    {
        Train("bundled.bin", TriageRows.Poor);
        _data.Write("heldout.tsv", TriageRows.HeldOut);
        _shelf = new ModelShelf(_data.PathOf("models"), _data.PathOf("bundled.bin"));
        _store = new ModelStore(_shelf, TimeProvider.System);
    }

    [Fact]
    public void Promote_BetterModel_RunsAndCanBeRolledBack()
    {
        var bundled = Running().Version;
        var better = Train("better.bin", TriageRows.Good);

        var promoted = Assert.IsType<PromotionOutcome.Promoted>(_store.Promote(_data.PathOf("better.bin"), _data.PathOf("heldout.tsv"), []));

        Assert.True(promoted.Comparison!.IsBetter);
        Assert.EndsWith("it is better.", promoted.Comparison.Verdict, StringComparison.Ordinal);
        Assert.Equal(better, Running().Version);
        Assert.Equal(new RollbackOutcome.Done(bundled), _store.Rollback());
        Assert.Equal(bundled, Running().Version);
    }

    [Fact]
    public void Promote_SameModel_IsNotBetter()
    {
        var outcome = Assert.IsType<PromotionOutcome.NotBetter>(_store.Promote(_data.PathOf("bundled.bin"), _data.PathOf("heldout.tsv"), []));

        Assert.EndsWith("that is no proof that it is better.", outcome.Comparison.Verdict, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.PathOf("models")));
    }

    [Fact]
    public void Promote_Forced_TwiceThenRolledBackTwice_SwapsThem()
    {
        var good = Train("good.bin", TriageRows.Good);
        var poor = Running().Version;
        _store.Promote(_data.PathOf("good.bin"), _data.PathOf("heldout.tsv"), []);
        Assert.IsType<PromotionOutcome.Promoted>(_store.Promote(_data.PathOf("bundled.bin"), _data.PathOf("heldout.tsv"), [], force: true));

        Assert.Equal(poor, Running().Version);
        Assert.Equal(new RollbackOutcome.Done(good), _store.Rollback());
        Assert.Equal(new RollbackOutcome.Done(poor), _store.Rollback());
    }

    [Fact]
    public void Load_PromotedModelDeleted_RunsTheBundledOneAndSaysSo()
    {
        var good = Train("good.bin", TriageRows.Good);
        _store.Promote(_data.PathOf("good.bin"), _data.PathOf("heldout.tsv"), []);
        File.Delete(_shelf.Running);

        var loaded = _shelf.Load();

        Assert.Equal(_data.PathOf("bundled.bin"), loaded.Path);
        Assert.Contains($"The promoted model {good} is missing", loaded.Problem, StringComparison.Ordinal);
        Assert.IsType<RollbackOutcome.Done>(_store.Rollback());
        Assert.Null(_shelf.Load().Problem);
    }

    [Fact]
    public void Rollback_RunningModelDamaged_BringsThePreviousOneBack()
    {
        var good = Train("good.bin", TriageRows.Good);
        _store.Promote(_data.PathOf("good.bin"), _data.PathOf("heldout.tsv"), []);
        _store.Promote(_data.PathOf("bundled.bin"), _data.PathOf("heldout.tsv"), [], force: true);
        File.WriteAllText(_shelf.Running, "no model at all");

        Assert.Equal(new RollbackOutcome.Done(good), _store.Rollback());
        Assert.Equal((good, (string?)null), (Running().Version, _shelf.Load().Problem));
    }

    [Fact]
    public void Rollback_NothingPromoted_IsRefused() =>
        Assert.Equal(new RollbackOutcome.Refused("No model was ever promoted: the bundled one runs."), _store.Rollback());

    [Fact]
    public void Promote_DamagedFile_IsRefused()
    {
        _data.Write("damaged.bin", "SDBTRG01 but then nonsense, long enough to be a header and a hash");

        var outcome = Assert.IsType<PromotionOutcome.Refused>(_store.Promote(_data.PathOf("damaged.bin"), _data.PathOf("heldout.tsv"), []));

        Assert.Contains("damaged", outcome.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private TextClassifier Running() => ((TriageModel)_shelf.Load().Model).Classifier;

    private string Train(string model, string rows)
    {
        var outcome = TriageTraining.TrainBundled(new BundledTrainingOptions(_data.Write(model + ".tsv", rows), _data.PathOf(model)) { Recipe = SampleData.Quick });
        return Assert.IsType<TrainingOutcome.Trained>(outcome).Report.Version;
    }
}
