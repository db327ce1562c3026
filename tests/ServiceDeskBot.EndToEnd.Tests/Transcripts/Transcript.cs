using System.Text.RegularExpressions;

namespace ServiceDeskBot.EndToEnd.Tests.Transcripts;

/// <summary>One conversation of a <c>*.txt</c> file: a heading <c>## …</c> and the lines under it. <c>README.md</c> beside it tells the form.</summary>
public sealed partial record Transcript(string File, string Title, IReadOnlyList<TranscriptLine> Lines)
{
    private const string CoversMark = "covers:";

    /// <summary>What it shows, as dialog and situation: <c>cancel expired</c>.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Transcripts");

    public static IReadOnlyList<Transcript> All { get; } = [.. Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    public string Name => $"{File}: {Title}";

    private static IEnumerable<Transcript> Read(string path)
    {
        var file = Path.GetFileName(path);
        var lines = System.IO.File.ReadAllLines(path).Select((text, i) => new TranscriptLine(file, i + 1, text.Trim())).ToList();
        var headings = lines.Where(line => line.Text.StartsWith("## ", StringComparison.Ordinal)).ToList();
        foreach (var heading in headings)
        {
            var body = lines.Skip(heading.Number).TakeWhile(line => !line.Text.StartsWith("## ", StringComparison.Ordinal));
            var marks = body.ToLookup(line => line.Text.StartsWith(CoversMark, StringComparison.Ordinal));
            yield return new Transcript(file, heading.Text[3..], [.. marks[false].Where(line => line.Text.Length > 0 && !line.Text.StartsWith("# ", StringComparison.Ordinal))])
            {
                Covers = [.. marks[true].SelectMany(line => line.Text[CoversMark.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            };
        }
    }
}

/// <param name="Number">From 1.</param>
public sealed partial record TranscriptLine(string File, int Number, string Text)
{
    public string Where => $"{File}, line {Number}: {Text}";

    /// <summary>The groups of the form that this line has; <c>null</c> when it has another.</summary>
    public Match? As(Regex form) => form.Match(Text) is { Success: true } match ? match : null;
}
