namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Examples whose labels are numbers.</summary>
/// <param name="Heads">Name and labels (ordinal order) of each head.</param>
/// <param name="Labels"><c>[head][row]</c>; -1 where there is none.</param>
internal sealed record LabelledSet(IReadOnlyList<(string Name, string[] Labels)> Heads, string[] Texts, int[][] Labels)
{
    public int Rows => Texts.Length;

    public int Outputs => Heads.Sum(head => head.Labels.Length);

    public static LabelledSet From(IReadOnlyList<string> heads, IReadOnlyList<Example> examples)
    {
        var texts = examples.Select(example => example.Text).ToArray();
        var named = new List<(string, string[])>();
        var numbers = new int[heads.Count][];
        for (var h = 0; h < heads.Count; h++)
        {
            var column = h;
            string[] labels = [.. examples.Select(e => e.Labels[column]).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            named.Add((heads[h], labels));
            numbers[h] = [.. examples.Select(e => e.Labels[column] is { } label ? Array.BinarySearch(labels, label, StringComparer.Ordinal) : -1)];
        }

        return new LabelledSet(named, texts, numbers);
    }

    public LabelledSet Pick(IReadOnlyList<int> rows) => this with
    {
        Texts = [.. rows.Select(row => Texts[row])],
        Labels = [.. Labels.Select(labels => rows.Select(row => labels[row]).ToArray())],
    };

    /// <summary>With one more row for each label: its name, read as words. The other heads are not answered there.</summary>
    public LabelledSet WithLabelNames()
    {
        var names = Heads.SelectMany((head, number) => head.Labels.Select((label, at) => (Head: number, Label: at, Text: Words(label)))).ToArray();
        return this with
        {
            Texts = [.. Texts, .. names.Select(name => name.Text)],
            Labels = [.. Labels.Select((labels, head) => (int[])[.. labels, .. names.Select(name => name.Head == head ? name.Label : -1)])],
        };
    }

    /// <summary>"lost_card", "LostCard" and "lost-card" all say "lost card".</summary>
    private static string Words(string label) => string.Concat(label.Select((c, i) =>
        !char.IsLetterOrDigit(c) ? " "
        : i > 0 && char.IsUpper(c) && char.IsLower(label[i - 1]) ? $" {c}"
        : c.ToString()));
}
