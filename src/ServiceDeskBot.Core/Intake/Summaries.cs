namespace ServiceDeskBot.Core.Intake;

/// <summary>The one line that stands for a message in lists and headings.</summary>
public static class Summaries
{
    private const int Longest = 120;

    /// <summary>The first line with words, cut at a word's end within 120 characters.</summary>
    public static string Of(string text) => Of(text, Longest);

    /// <summary>The same, shorter.</summary>
    public static string Of(string text, int longest)
    {
        var line = text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        if (line.Length <= longest)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', longest - 1);
        end = end > longest / 2 ? end : longest - 1;
        if (char.IsHighSurrogate(line[end - 1]))
        {
            end--;
        }

        return line[..end].TrimEnd() + "…";
    }
}
