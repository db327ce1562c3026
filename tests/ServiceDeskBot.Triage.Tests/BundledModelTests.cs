using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Trainer.Evaluating;
using Xunit;

namespace ServiceDeskBot.Triage.Tests;

public sealed class BundledModelTests
{
    private static readonly LoadedTriage Bundled = TriageModelLoader.Load(TriageModelLoader.BundledPath);

    // Rows: organisation, department, team, person; columns: critical, high, medium, low.
    private static readonly Dictionary<string, int[]> Matrix = new(StringComparer.Ordinal)
    {
        ["organisation"] = [1, 1, 2, 3],
        ["department"] = [1, 2, 3, 4],
        ["team"] = [2, 2, 3, 4],
        ["person"] = [2, 3, 3, 4],
    };

    [Fact]
    public void Load_Bundled_RunsTheModel()
    {
        Assert.Null(Bundled.Problem);
        Assert.StartsWith("triage-", Bundled.Model.Version, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(TriageModelLoader.BundledPath).Length, 1, 4_000_000);
    }

    [Theory]
    [InlineData("the wifi in the warehouse keeps dropping, forklift drivers can't get their picks, truck leaves at 4 today")]
    [InlineData("the wifi in the warehouse keeps dropping, forklift drivers can't get their picks")]
    [InlineData("Warehouse wifi keeps dropping. Forklift drivers cannot get their picks and a truck leaves at 4 pm today.")]
    public void Predict_WarehouseWifi_IsPriority2(string text)
    {
        var prediction = Bundled.Model.Predict(text);

        Assert.Equal(("incident", "network"), (prediction.Type.Label, prediction.Category.Label));
        Assert.Equal(("department", "high"), (prediction.Impact.Label, prediction.Urgency.Label));
        Assert.Equal(2, PriorityOf(prediction));
    }

    [Theory]
    [InlineData("calendar shows my meetings an hour off since the update")]
    [InlineData("my calendar shows meetings an hour off")]
    [InlineData("since the update all meetings in my Outlook calendar are one hour late")]
    public void Predict_CalendarHourOff_IsPriority3(string text)
    {
        var prediction = Bundled.Model.Predict(text);

        Assert.Equal(("incident", "email"), (prediction.Type.Label, prediction.Category.Label));
        Assert.Equal(3, PriorityOf(prediction));
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙂🙂🙂")]
    [InlineData("プリンターが壊れています")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Predict_NothingToGoBy_Abstains(string text)
    {
        var prediction = Bundled.Model.Predict(text);

        Assert.True(prediction.Type.Abstain);
        Assert.True(prediction.Category.Abstain);
    }

    [Theory]
    [InlineData("type", 0.85)]
    [InlineData("category", 0.70)]
    [InlineData("impact", 0.84)]
    [InlineData("urgency", 0.70)]
    public void Evaluate_HeldOutVoices_IsAsGoodAsTheCardSays(string head, double leastAccuracy)
    {
        var data = Path.Combine(RepositoryRoot(), "models", "data", "heldout.tsv");

        var outcome = Evaluation.Run(new EvaluationOptions(TriageModelLoader.BundledPath, data, head, "text"));

        Assert.InRange(Assert.IsType<EvaluationOutcome.Done>(outcome).Report.Accuracy, leastAccuracy, 1);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ServiceDeskBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    private static int PriorityOf(Prediction prediction) =>
        Matrix[prediction.Impact.Label][Array.IndexOf(["critical", "high", "medium", "low"], prediction.Urgency.Label)];
}
