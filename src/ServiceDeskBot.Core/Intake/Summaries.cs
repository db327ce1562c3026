namespace ServiceDeskBot.Core.Intake;

/// <summary>The one line that stands for a message in lists and headings.</summary>
public static class Summaries
{
    private const int Longest = 120;

    /// <summary>The first line with words, cut at a word's end within 120 characters.</summary>
    public static string Of(string text)
    {
        var line = text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        if (line.Length <= Longest)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', Longest - 1);
        end = end > Longest / 2 ? end : Longest - 1;
        if (char.IsHighSurrogate(line[end - 1]))
        {
            end--;
        }

        return line[..end].TrimEnd() + "…";
    }
}
