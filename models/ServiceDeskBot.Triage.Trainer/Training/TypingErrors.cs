using System.Text;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Damages a text as fingers do: neighbouring keys, letters swapped, left out, doubled or slipped in.</summary>
internal static class TypingErrors
{
    private static readonly string[] KeyRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <param name="share">Share of the letters that are hit.</param>
    public static string Damage(string text, float share, Dice dice)
    {
        var damaged = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!char.IsAsciiLetter(c) || dice.Unit() >= share)
            {
                damaged.Append(c);
                continue;
            }

            switch (dice.Below(5))
            {
                case 0:
                    damaged.Append(NeighbourOf(c, dice));
                    break;
                case 1:
                    break;
                case 2:
                    damaged.Append(c).Append(c);
                    break;
                case 3 when i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]):
                    damaged.Append(text[++i]).Append(c);
                    break;
                default:
                    damaged.Append(NeighbourOf(c, dice)).Append(c);
                    break;
            }
        }

        return damaged.ToString();
    }

    /// <summary>Leaves out words of a text that has some to spare.</summary>
    public static string LoseWords(string text, float share, Dice dice)
    {
        const int fewestWords = 4;
        var words = text.Split(' ');
        return words.Length < fewestWords ? text : string.Join(' ', words.Where(_ => dice.Unit() >= share));
    }

    private static char NeighbourOf(char c, Dice dice)
    {
        var lower = char.ToLowerInvariant(c);
        for (var row = 0; row < KeyRows.Length; row++)
        {
            var column = KeyRows[row].IndexOf(lower);
            if (column >= 0)
            {
                var otherRow = Math.Clamp(row + dice.Below(3) - 1, 0, KeyRows.Length - 1);
                var side = otherRow == row ? (dice.Below(2) * 2) - 1 : dice.Below(2) - 1;
                return KeyRows[otherRow][Math.Clamp(column + side, 0, KeyRows[otherRow].Length - 1)];
            }
        }

        return c;
    }
}
