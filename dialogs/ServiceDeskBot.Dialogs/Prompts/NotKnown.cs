using System.Text.RegularExpressions;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>"I don't know yet", in the words of people.</summary>
internal static partial class NotKnown
{
    public static bool In(string text) => Words().IsMatch(text);

    [GeneratedRegex(@"^\W*((sorry|no|puh|hm+)[\s,.]+)?((i (really |honestly )?)?(do not|don['’]?t) know( (it|that))?( yet)?|dunno|(still )?not (known|sure)( yet)?|no idea( yet)?|(das )?wei(ß|ss) ich (immer )?(noch |leider )*nicht|keine ahnung|noch (nicht bekannt|unbekannt))\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Words();
}
