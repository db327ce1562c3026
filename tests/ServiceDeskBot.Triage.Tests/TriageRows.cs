namespace ServiceDeskBot.Triage.Tests;

/// <summary>Tables for the desk's four heads: a good one, the same with its types turned round, and one to test on.</summary>
internal static class TriageRows
{
    private const string Header = "text\ttype\tcategory\timpact\turgency\n";

    public static string Good { get; } = Header + Rows(SampleData.Rows.Where((_, i) => i % 5 != 0), (broken, wish) => (broken, wish));

    public static string Poor { get; } = Header + Rows(SampleData.Rows.Where((_, i) => i % 5 != 0), (broken, wish) => (wish, broken));

    public static string HeldOut { get; } = Header + Rows(SampleData.Rows.Where((_, i) => i % 5 == 0), (broken, wish) => (broken, wish));

    private static string Rows(IEnumerable<(string Label, string Text)> rows, Func<string, string, (string Broken, string Wish)> types)
    {
        var (broken, wish) = types("incident", "request");
        return string.Concat(rows.SelectMany(row => new[]
        {
            $"{row.Text}\t{broken}\t{row.Label}\tperson\tmedium\n",
            $"we all need help now, {row.Text}\t{broken}\t{row.Label}\tteam\thigh\n",
            $"i would like to order something for {row.Label}, not {row.Text.Split(' ')[0]}\t{wish}\t{row.Label}\t\t\n",
        }));
    }
}
