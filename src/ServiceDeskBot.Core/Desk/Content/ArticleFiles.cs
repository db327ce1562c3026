using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>knowledge/*.md</c>: front matter, one paragraph that says what is going on, and numbered steps.</summary>
internal static partial class ArticleFiles
{
    /// <summary>More is a manual and belongs elsewhere: an article is read in a chat.</summary>
    private const int MostSteps = 10;

    public static IReadOnlyList<Article> Read(DeskDraft draft)
    {
        var folder = draft.PathOf("knowledge");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(path => Article(draft, $"knowledge/{Path.GetFileName(path)}")).OfType<Article>()]
            : [];
    }

    private static Article? Article(DeskDraft draft, string file)
    {
        if (KeyedFile.Text(draft, file) is not { } text)
        {
            return null;
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (lines[0].TrimEnd() != "---" || end < 0)
        {
            draft.Fault(new Place(file, 1), "the article does not begin with front matter", "keys with values between two lines of ---");
            return null;
        }

        if (YamlTree.Read(draft, file, string.Join('\n', lines[1..end]), firstLine: 2) is not { } map)
        {
            return null;
        }

        var entry = new Entry(draft, file, "the article", map);
        var id = entry.Text("id");
        draft.Name(Known.Article, id, entry.Place);
        var (summary, steps) = Body(draft, file, lines, end + 1);
        var article = new Article(
            id,
            entry.Text("title"),
            entry.OneOf("audience", "user", "agent"),
            entry.References("categories", Known.Category),
            entry.References("services", Known.Service, required: false),
            entry.Reference("owner", Known.Person),
            entry.Date("review-by"),
            entry.Texts("keywords"),
            summary,
            steps);
        entry.End();
        return article;
    }

    private static (string Summary, List<string> Steps) Body(DeskDraft draft, string file, string[] lines, int first)
    {
        var summary = new List<string>();
        var steps = new List<string>();
        for (var at = first; at < lines.Length; at++)
        {
            var line = lines[at].Trim();
            if (Step().Match(line) is { Success: true } step)
            {
                steps.Add(step.Groups["words"].Value);
            }
            else if (line.Length > 0 && steps.Count == 0)
            {
                summary.Add(line);
            }
            else if (line.Length > 0 && char.IsWhiteSpace(lines[at][0]))
            {
                steps[^1] += " " + line;
            }
            else if (line.Length > 0)
            {
                draft.Fault(new Place(file, at + 1), "there is text after the steps", "numbered steps until the end; indent a line that continues one");
            }
        }

        if (steps.Count is 0 or > MostSteps)
        {
            draft.Fault(new Place(file, first + 1), $"the article has {steps.Count} steps", $"1 to {MostSteps} lines that begin with 1. 2. 3. …");
        }

        return (string.Join(' ', summary), steps);
    }

    [GeneratedRegex(@"^[0-9]{1,2}\. +(?<words>\S.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Step();
}
