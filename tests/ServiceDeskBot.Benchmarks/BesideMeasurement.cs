using System.Globalization;

namespace ServiceDeskBot.Benchmarks;

/// <summary>
/// This checkout's desk and another's at once, on the same core and each with a load of its own. What a machine's neighbours take they take from
/// both: the ratio is the same within a few hundredths, where two runs one after the other may differ by a half.
/// </summary>
internal static class BesideMeasurement
{
    /// <param name="other">A checkout with the same migrations: both begin with the same stored people.</param>
    public static async Task<int> RunAsync(DirectoryInfo other, IReadOnlyList<Measurement> plan, int runs)
    {
        await using var stub = await PlatformStub.StartAsync();
        await using var otherStub = await PlatformStub.StartAsync();
        using var people = await KnownPeople.PrepareAsync(stub.Url);
        using var otherPeople = await KnownPeople.PrepareAsync(otherStub.Url);
        using var desk = await PublishedDesk.MakeAsync(PublishedDesk.Checkout());
        using var otherDesk = await PublishedDesk.MakeAsync(other);
        var isComplete = true;
        foreach (var measurement in plan)
        {
            var ratios = new List<double>();
            for (var run = 1; run <= runs; run++)
            {
                var results = await Task.WhenAll(
                    measurement.RunAsync(BotKind.Desk, desk, stub, people),
                    measurement.RunAsync(BotKind.Desk, otherDesk, otherStub, otherPeople));
                isComplete &= Array.TrueForAll(results, result => result.IsComplete);
                ratios.Add(results[0].Processor / results[1].Processor);
                Console.WriteLine($"run {run}: {measurement.Scenario.Name}, {measurement.Connections} connections, this desk: {results[0]}");
                Console.WriteLine($"run {run}: {measurement.Scenario.Name}, {measurement.Connections} connections, the other: {results[1]}");
            }

            ratios.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measurement.Scenario.Name}: this desk takes {ratios[ratios.Count / 2]:0.00} times the core of the other ({ratios[0]:0.00} to {ratios[^1]:0.00})"));
        }

        return isComplete ? 0 : 1;
    }
}
