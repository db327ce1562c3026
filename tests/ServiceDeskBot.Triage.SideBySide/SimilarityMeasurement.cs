using System.Globalization;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Similarity;

namespace ServiceDeskBot.Triage.SideBySide;

/// <summary>The index over 100,000 texts of the public sets: time per query, and recall against scoring every text.</summary>
internal static class SimilarityMeasurement
{
    private const int Texts = 100_000;
    private const int Queries = 2_000;
    private const int Checked = 50;
    private const int Wanted = 10;

    public static void Run(string splits)
    {
        var stored = new List<string>();
        var queries = new List<string>();
        foreach (var set in Directory.GetDirectories(splits).Order(StringComparer.Ordinal))
        {
            stored.AddRange(TextsOf(Path.Combine(set, "train.tsv")));
            queries.AddRange(TextsOf(Path.Combine(set, "test.tsv")));
        }

        // The sets hold fewer than that: the rest are two texts run together, which have words as texts do.
        for (var i = 0; stored.Count < Texts; i++)
        {
            stored.Add($"{stored[i]} {stored[(i * 7919) % stored.Count]}");
        }

        using var index = new SimilarityIndex();
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        for (var i = 0; i < Texts; i++)
        {
            index.Put(SimilarKind.SolvedTicket, i.ToString(CultureInfo.InvariantCulture), stored[i]);
        }

        var filled = clock.GetElapsedTime(started);
        var asked = queries.Where((_, i) => i % (queries.Count / Queries) == 0).ToList();
        foreach (var query in asked.Take(200))
        {
            index.Nearest(query, SimilarKind.SolvedTicket, Wanted);
        }

        // The best of three: on a shared machine the others measure its neighbours.
        var times = asked.Select(query => Enumerable.Range(0, 3).Min(_ =>
        {
            var begun = clock.GetTimestamp();
            index.Nearest(query, SimilarKind.SolvedTicket, Wanted);
            return clock.GetElapsedTime(begun).TotalMilliseconds;
        })).Order().ToArray();
        var recall = asked.Take(Checked).Average(query => Recall(index, query));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"similarity: {Texts} texts put in {filled.TotalSeconds:0.0} s; {times.Length} queries p50 {times[times.Length / 2]:0.00} ms, p99 {times[(int)(times.Length * 0.99)]:0.00} ms, max {times[^1]:0.00} ms; recall@{Wanted} against exact search {recall:0.0000}"));
    }

    /// <summary>Ties at the last place may fall either way, so a found text counts when it scores as well as the last exact one.</summary>
    private static double Recall(SimilarityIndex index, string query)
    {
        var exact = index.Exhaustive(query, SimilarKind.SolvedTicket, Wanted);
        var found = index.Nearest(query, SimilarKind.SolvedTicket, Wanted);
        return exact.Count == 0 ? 1 : Math.Min(1.0, (double)found.Count(similar => similar.Score >= exact[^1].Score - 1e-5) / exact.Count);
    }

    private static IEnumerable<string> TextsOf(string path) =>
        File.ReadLines(path).Skip(1).Where(line => line.Length > 0).Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
}
