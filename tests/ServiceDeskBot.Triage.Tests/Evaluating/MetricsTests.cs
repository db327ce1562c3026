using ServiceDeskBot.Triage.Trainer.Evaluating;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Evaluating;

public sealed class MetricsTests
{
    private static readonly Outcome[] Four =
    [
        new("a", "a", 0.9, Abstained: false),
        new("a", "b", 0.6, Abstained: false),
        new("b", "b", 0.8, Abstained: false),
        new("c", "b", 0.3, Abstained: true),
    ];

    [Fact]
    public void Accuracy_HalfRight_IsHalf() => Assert.Equal(0.5, Metrics.Accuracy(Four));

    [Fact]
    public void MacroF1_LabelNeverPredicted_CountsAsZero() => Assert.Equal(((2.0 / 3) + 0.5 + 0) / 3, Metrics.MacroF1(Four), 9);

    [Fact]
    public void CalibrationError_OneRowPerBin_IsTheMeanGap() => Assert.Equal((0.1 + 0.6 + 0.2 + 0.3) / 4, Metrics.CalibrationError(Four), 9);

    [Fact]
    public void Coverage_Threshold_CountsThoseReached() => Assert.Equal([new CoveragePoint(0.7, 0.5, 1)], Metrics.Coverage(Four, 0.7));

    [Fact]
    public void Auroc_SomeTies_CountHalf() => Assert.Equal(0.875, Metrics.Auroc([0.9, 0.5], [0.5, 0.1]), 9);
}
