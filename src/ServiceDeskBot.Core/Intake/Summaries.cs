using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The one line that stands for a message in lists and headings.</summary>
public static partial class Summaries
{
    private const int Longest = 120;

    /// <summary>At its end: the text says more than the line.</summary>
    public const char More = '…';

    /// <summary>The first line that says something, without its greeting, cut at a word's end within 120 characters. It ends with <see cref="More"/> where the text goes on.</summary>
    public static string Of(string text) => Of(text, Longest);

    /// <summary>The same, shorter.</summary>
    public static string Of(string text, int longest)
    {
        var words = WithoutGreeting(text.Trim());
        var end = words.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? words : words[..end].TrimEnd();
        return line.Length > longest ? Cut(line, longest) : end < 0 ? line : line.TrimEnd(More) + More;
    }

    /// <summary>A text longer than that ends at a word's end before it, with <see cref="More"/>.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = text.LastIndexOfAny([' ', '\n'], longest - 1);
        end = end > longest / 2 ? end : longest - 1;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end].TrimEnd() + More;
    }

    /// <summary>"Good morning!" and "Hi team," say nothing in a list; by itself a greeting stays.</summary>
    private static string WithoutGreeting(string text) => Greeting().Match(text) is { Success: true, Length: var length } && length < text.Length ? text[length..] : text;

    [GeneratedRegex(@"^(hi|hello|hey|hallo|moin|servus|dear|liebe[rs]?|good (morning|afternoon|evening|day)|guten (morgen|tag|abend))([ \t]+\p{L}+){0,2}[ \t]*[,!.:\n]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Greeting();
}
