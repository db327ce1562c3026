using Xunit;

namespace ServiceDeskBot.Simulation.Tests;

/// <summary>Two hundred desk-days, ten to a seed; more with <c>dotnet run -c Release --project tests/ServiceDeskBot.Simulation -- --days 2000 --seed 1</c>.</summary>
public sealed class DeskDaysTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Run_TenDaysWithFaultsAndACalm_BreaksNoRule(int seed)
    {
        var result = await Run.OfAsync(seed);

        Assert.True(result.Failure is null, result.Story);
    }

    [Fact]
    public async Task Run_OfTheSameSeedTwice_IsTheSameToTheLastStep()
    {
        var first = await Run.OfAsync(41, days: 2);
        var second = await Run.OfAsync(41, days: 2);

        Assert.Equal(first.Figures, second.Figures);
    }
}
