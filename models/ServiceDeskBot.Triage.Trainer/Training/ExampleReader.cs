using ServiceDeskBot.Triage.Trainer.Tables;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Reads examples from a table and says what looks wrong in it.</summary>
internal static class ExampleReader
{
    public static ExampleReading Read(string path, string text, IReadOnlyList<string> heads, string? voice = null)
    {
        return TableReader.Read(path) switch
        {
            TableReading.Refused(var reason) => new ExampleReading.Refused(reason),
            TableReading.Read(var table) => FindColumns(table, text, heads, voice),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ExampleReading FindColumns(Table table, string text, IReadOnlyList<string> heads, string? voice)
    {
        var columns = new List<int>();
        foreach (var name in heads.Prepend(text))
        {
            switch (table.Find(name))
            {
                case ColumnSearch.Found(var index):
                    columns.Add(index);
                    break;
                case ColumnSearch.Missing(var reason):
                    return new ExampleReading.Refused(reason);
            }
        }

        return Collect(table, columns, voice is not null && table.Find(voice) is ColumnSearch.Found(var found) ? found : null);
    }

    private static ExampleReading Collect(Table table, List<int> columns, int? voice)
    {
        var examples = new List<Example>(table.Rows.Count);
        var empty = new List<int>();
        foreach (var row in table.Rows)
        {
            var labels = columns.Skip(1).Select(column => row.Fields[column].Trim()).Select(label => label.Length == 0 ? null : label).ToArray();
            var text = row.Fields[columns[0]];
            if (string.IsNullOrWhiteSpace(text) || labels.All(label => label is null))
            {
                empty.Add(row.Line);
                continue;
            }

            examples.Add(new Example(text, labels, row.Line) { Voice = voice is { } column ? row.Fields[column] : null });
        }

        return examples.Count == 0
            ? new ExampleReading.Refused($"{table.Path}: no row has both a text and a label.")
            : new ExampleReading.Read(table.Path, examples, [.. Warnings(examples, empty)]);
    }

    private static IEnumerable<string> Warnings(List<Example> examples, List<int> empty)
    {
        if (empty.Count > 0)
        {
            yield return $"{empty.Count} rows without text or label were skipped (line {Lines(empty)}).";
        }

        var repeated = examples.GroupBy(example => example.Text, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).ToList();
        var contradicting = repeated.Where(group => group.Any(example => !example.Labels.SequenceEqual(group.First().Labels, StringComparer.Ordinal))).ToList();
        if (repeated.Count > contradicting.Count)
        {
            var same = repeated.Except(contradicting).ToList();
            yield return $"{same.Count} texts occur more than once with the same label (line {Lines([.. same.Select(group => group.First().Line)])}).";
        }

        if (contradicting.Count > 0)
        {
            yield return $"{contradicting.Count} texts occur with different labels (line {Lines([.. contradicting.Select(group => group.Last().Line)])}); the model can only be unsure about them.";
        }

        for (var head = 0; head < examples[0].Labels.Count; head++)
        {
            var column = head;
            var single = examples.Where(e => e.Labels[column] is not null).GroupBy(e => e.Labels[column]!, StringComparer.Ordinal).Where(g => !g.Skip(1).Any()).ToList();
            if (single.Count > 0)
            {
                yield return $"{single.Count} labels have a single example and will hardly be found: {string.Join(", ", single.Take(5).Select(g => $"{g.Key} (line {g.First().Line})"))}.";
            }
        }
    }

    private static string Lines(List<int> lines) =>
        string.Join(", ", lines.Take(5)) + (lines.Count > 5 ? ", …" : string.Empty);
}

/// <summary>What came of reading examples.</summary>
internal abstract record ExampleReading
{
    private ExampleReading()
    {
    }

    public sealed record Read(string Path, IReadOnlyList<Example> Examples, IReadOnlyList<string> Warnings) : ExampleReading;

    public sealed record Refused(string Reason) : ExampleReading;
}
