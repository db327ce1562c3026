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
}
