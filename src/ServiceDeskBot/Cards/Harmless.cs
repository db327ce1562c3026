using System.Buffers;
using System.Globalization;
using System.Text;

namespace ServiceDeskBot.Cards;

/// <summary>Takes out of a text what is not writing: control characters, direction overrides, heaps of invisible or stacked marks.</summary>
internal static class Harmless
{
    // More than any language stacks on one letter.
    private const int MostMarks = 8;

    // What most texts are made of, in most languages that are written here: nothing to look at more closely.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Concat(Enumerable.Range('\u00AE', '\u024F' - '\u00AE' + 1)).Select(letter => (char)letter), '\n', '–', '—', '…', '„', '“', '”', '‘', '’']);

    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var marks = 0;
        var invisible = false;
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (IsInvisible(rune.Value))
            {
                // One is part of an emoji or of a script's spelling; a second in a row is not.
                if (!invisible)
                {
                    clean.Append(rune.ToString());
                }

                invisible = true;
                continue;
            }

            invisible = false;
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= MostMarks)
            {
                Append(clean, rune);
            }
        }

        return clean.ToString();
    }

    private static void Append(StringBuilder clean, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n' or '\r' or 0x85 or 0x2028 or 0x2029:
                clean.Append('\n');
                break;
            case '\t':
                clean.Append(' ');
                break;
            case (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069):
            case 0xFFFE or 0xFFFF:
                break;
            default:
                if (!Rune.IsControl(rune))
                {
                    clean.Append(rune.ToString());
                }

                break;
        }
    }

    private static bool IsInvisible(int rune) => rune is 0x00AD or 0x034F or 0x061C or 0x180E or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x2064) or 0xFEFF;
}
