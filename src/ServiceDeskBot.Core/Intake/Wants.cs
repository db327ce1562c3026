using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Whether words ask to have a thing, and not only name it: "we need a mailing list", but not "a mouse for my computer".</summary>
public static partial class Wants
{
    /// <summary>At most so many words lie between the wish and the thing: "a new light and quiet laptop".</summary>
    private const int MostBetween = 4;

    /// <summary>A wish stands at the beginning of a message.</summary>
    private const int Longest = 400;

    /// <summary>Shorter words of a name ("new", "to", "a") say nothing of the thing.</summary>
    private const int LeastWord = 4;

    /// <summary>True when anything at all is wished for; the cheap look before <see cref="Outright"/> is asked of every term.</summary>
    public static bool Anything(string message) => Wish().IsMatch(message.Length > Longest ? message[..Longest] : message);

    /// <summary>True when the term follows a word of wishing, with nothing between that makes it a thing's part, place or purpose.</summary>
    public static bool Outright(string message, string term)
    {
        var text = message.Length > Longest ? message[..Longest] : message;
        for (var at = WholeWords.IndexOf(text, term); at >= 0; at = WholeWords.IndexOf(text, term, at + 1))
        {
            if (WishedBefore(text[..at]) && !PartOfAnother().IsMatch(text[(at + term.Length)..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How the words of a thing's names stand in a message: "a charger for my laptop" speaks of a laptop only aside.</summary>
    public static Mention Mentioned(string message, IEnumerable<string> names)
    {
        var text = message.Length > Longest ? message[..Longest] : message;
        var mention = Mention.None;
        foreach (var word in names.SelectMany(name => name.Split(' ')).Where(word => word.Length >= LeastWord).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            for (var at = WholeWords.IndexOf(text, word); at >= 0; at = WholeWords.IndexOf(text, word, at + 1))
            {
                if (!Purpose().IsMatch(text[..at]) && !PartOfAnother().IsMatch(text[(at + word.Length)..]))
                {
                    return Mention.Itself;
                }

                mention = Mention.Aside;
            }
        }

        return mention;
    }

    private static bool WishedBefore(string before)
    {
        var wish = Wish().Matches(before).LastOrDefault();
        if (wish is null)
        {
            return false;
        }

        var between = before[(wish.Index + wish.Length)..];
        return between.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostBetween && !Elsewhere().IsMatch(between);
    }

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(need(s|ed)?|want|would like|like to (get|have|order)|i'?d like|could use|get|have|order|request(ing)?|set up|create|provide|due for|brauch(e|t|en)|bräuchte[nt]?|benötig(e|t|en)|hätte[n]?|bestell(e|en|t)|möchte[n]?|einrichten|anlegen)\b", Quick, 2000)]
    private static partial Regex Wish();

    /// <summary>After these the thing is where, why or with what, not what is wanted; a second verb is another wish.</summary>
    [GeneratedRegex(@"[.!?;:,]|\b(for|to|on|of|in|into|with|from|about|at|by|my|our|your|this|für|auf|zu|mit|von|am|im|an|mein\w*|unser\w*|dies\w*|set|reset|fix|help)\b", Quick, 2000)]
    private static partial Regex Elsewhere();

    /// <summary>What follows is whom or what the wanted thing is for.</summary>
    [GeneratedRegex(@"\b(for|of|on|with|für|von|mit)( [\p{L}']+){0,2} $", Quick, 2000)]
    private static partial Regex Purpose();

    /// <summary>"laptop bag", "sim card pin", "phone charger": the thing only says what the wanted one belongs to.</summary>
    [GeneratedRegex(@"^[ -]*(bag|case|cover|sleeve|stand|holder|mount|charger|adapter|cable|battery|screen|keyboard|dock|docking|software|licen[cs]e|program|account|training|course|password|pin|number|bill|contract|repair|tasche|hülle|halter\w*|ladegerät|ladekabel|akku|kabel|netzteil|vertrag|nummer|schulung)\b", Quick, 2000)]
    private static partial Regex PartOfAnother();
}

/// <summary>How a message speaks of a thing.</summary>
public enum Mention
{
    /// <summary>With none of its words.</summary>
    None,

    /// <summary>Only as what something else is for, or belongs to.</summary>
    Aside,

    Itself,
}
