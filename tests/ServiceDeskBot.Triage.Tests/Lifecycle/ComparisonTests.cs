using ServiceDeskBot.Triage.Trainer.Lifecycle;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Lifecycle;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(1, 0, 0.5)]
    [InlineData(5, 0, 0.03125)]
    [InlineData(8, 2, 0.0546875)]
    [InlineData(2, 8, 0.98925781)]
    public void ChanceOf_WinsAndLosses_IsTheBinomialTail(int wins, int losses, double expected) =>
        Assert.Equal(expected, Comparison.ChanceOf(wins, losses), 1e-7);

    [Theory]
    [InlineData(600, 400)]
    [InlineData(6_000, 5_900)]
    public void ChanceOf_ManyRows_StaysAProbability(int wins, int losses) =>
        Assert.InRange(Comparison.ChanceOf(wins, losses), 0, 1);
}
