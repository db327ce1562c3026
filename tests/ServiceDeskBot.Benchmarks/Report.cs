using System.Globalization;

namespace ServiceDeskBot.Benchmarks;

/// <summary>Medians over the runs, with the spread, the desk beside the echo; and the ratios, each of one run, in which all met the same neighbours.</summary>
internal sealed class Report
{
    private readonly List<(Measurement What, BotKind Kind, Result Result)> _results = [];

    /// <summary>True when every request was answered, every reply arrived once and every ticket is stored.</summary>
    public bool IsComplete => _results.TrueForAll(result => result.Result.IsComplete);

    public void Add(Measurement what, BotKind kind, Result result) => _results.Add((what, kind, result));

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("Medians (lowest to highest run)");
        Console.WriteLine($"{"",-34} {"conn",4} {"bot",-10} {"answered/s",24} {"finished/s",24} {"p50 ms",22} {"p99 ms",22} {"core µs",8} {"MiB",5}");
        foreach (var group in _results.GroupBy(result => (result.What, result.Kind)))
        {
            var results = group.Select(result => result.Result).ToList();
            Console.WriteLine(
                $"{group.Key.What.Scenario.Name,-34} {group.Key.What.Connections,4} {group.Key.Kind,-10} {Of(results, result => result.Answered, "0"),24} {Of(results, result => result.Finished, "0"),24} "
                + $"{Of(results, result => result.Median, "0.00"),22} {Of(results, result => result.Slow, "0.0"),22} {Median(results.Select(result => result.Processor)),8:0} {results.Max(result => result.Resident),5}");
        }

        foreach (var group in _results.GroupBy(result => result.What))
        {
            var desk = group.Where(result => result.Kind == BotKind.Desk).Select(result => result.Result).ToList();
            foreach (var other in group.Where(result => desk.Count > 0 && result.Kind != BotKind.Desk).GroupBy(result => result.Kind, result => result.Result))
            {
                var pairs = desk.Zip(other).ToList();
                Console.WriteLine(
                    $"{group.Key.Scenario.Name}, {group.Key.Connections} connections: of {other.Key} the desk answers {Of(pairs, pair => pair.First.Answered / pair.Second.Answered, "0.00")} times as many, "
                    + $"finishes {Of(pairs, pair => pair.First.Finished / pair.Second.Finished, "0.00")}, takes {Of(pairs, pair => pair.First.Median / pair.Second.Median, "0.00")} times as long");
            }
        }

        Console.WriteLine(IsComplete ? "Every request was answered, every message arrived once, every ticket is stored." : "INCOMPLETE: see the runs above.");
    }

    private static string Of<T>(List<T> results, Func<T, double> value, string format)
    {
        var values = results.Select(value).ToList();
        return $"{Median(values).ToString(format, CultureInfo.InvariantCulture)} ({values.Min().ToString(format, CultureInfo.InvariantCulture)} to {values.Max().ToString(format, CultureInfo.InvariantCulture)})";
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
