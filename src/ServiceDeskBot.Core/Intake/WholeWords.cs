namespace ServiceDeskBot.Core.Intake;

/// <summary>Looking for words as words: "mail" is not in "mailing". Letters' case does not count.</summary>
internal static class WholeWords
{
    /// <summary>Where the words stand in the text just so, with no letter or digit before or after them; -1 when they do not.</summary>
    /// <param name="from">Where to begin.</param>
    public static int IndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> words, int from = 0)
    {
        while (from <= text.Length && text[from..].IndexOf(words, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            var (start, end) = (from + at, from + at + words.Length);
            if ((start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return start;
            }

            from = start + 1;
        }

        return -1;
    }

    public static bool In(ReadOnlySpan<char> text, ReadOnlySpan<char> words) => IndexOf(text, words) >= 0;

    /// <summary>True when every word of the term stands in the text, in any order: "wifi in the warehouse" holds "warehouse wifi".</summary>
    public static bool AllIn(ReadOnlySpan<char> text, ReadOnlySpan<char> term)
    {
        foreach (var word in term.Split(' '))
        {
            if (!term[word].IsEmpty && !In(text, term[word]))
            {
                return false;
            }
        }

        return true;
    }
}
