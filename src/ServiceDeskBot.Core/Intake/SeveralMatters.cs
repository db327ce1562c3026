using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Finds the separate matters in one message. Careful: what could be one story stays one.</summary>
public static partial class SeveralMatters
{
    /// <summary>The question that shows them to the person.</summary>
    public const string About = "parts";

    private const int Most = 4;
    private const int FewestWords = 3;

    /// <summary>A longer text is a story or a log, and stays one.</summary>
    private const int Longest = 4000;

    /// <summary>The parts, in their order; empty when it is one matter.</summary>
    /// <param name="read">What a part would be taken for: its category and type, or <c>null</c> when it is nothing by itself.</param>
    public static IReadOnlyList<string> In(string text, Func<string, (string Category, string Type)?> read)
    {
        if (text.Length > Longest)
        {
            return [];
        }

        var pieces = Pieces(text).ToList();
        if (pieces.Count < 2)
        {
            // Nearly every message: what it is as a whole is known already.
            return [];
        }

        var parts = new List<(string Words, (string Category, string Type) Kind)>();
        foreach (var piece in pieces)
        {
            if (piece.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords && !GoesOn().IsMatch(piece) && read(piece) is { } kind && (parts.Count == 0 || parts[^1].Kind.Category != kind.Category))
            {
                parts.Add((piece, kind));
            }
            else if (parts.Count > 0)
            {
                parts[^1] = ($"{parts[^1].Words} {piece}", parts[^1].Kind);
            }
        }

        return parts.Count is >= 2 and <= Most && parts.Select(part => part.Kind.Category).Distinct(StringComparer.Ordinal).Count() > 1 ? [.. parts.Select(part => part.Words.Trim())] : [];
    }

    /// <summary>Split at what people write between two matters: list marks, "also", "another thing", a new wish after "and".</summary>
    private static IEnumerable<string> Pieces(string text) =>
        Between().Split(text).Select(piece => Lead().Replace(piece, "").Trim(' ', ',', ';', '.', '\n', '\r', '-', '*', '•')).Where(piece => piece.Length > 0);

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(?:^|\n)\s*(?:[-*•]|\d[.)])\s+|\n\s*\n|(?<=[.!?;,\n])\s*(?=(?:and |und )?(?:also|besides|additionally|another|second(?:ly)?|2nd|furthermore|plus|on top of that|separately|by the way|btw|apart from that|one more thing|the other|oh and|außerdem|zusätzlich|und noch|noch etwas|noch was|zweitens|ansonsten|übrigens|nebenbei)\b)|\s+(?=(?:and|und)\s+(?:also|second(?:ly)?|zweitens|(?:when|how|where) (?:do|does|can|is|are|will) |i (?:also )?need|i would also|i'd also|also |could you also|can you also|can i also|please also|additionally|my \w+ (?:is|does|has|won'?t|doesn'?t|keeps|flickers|can'?t)|the \w+ (?:is|does|has|won'?t|doesn'?t|keeps) |ich (?:brauche|bräuchte|benötige)|außerdem|mein\w* \w+ (?:ist|geht|hat))\b)|(?<=[.!?])\s+(?=(?:i (?:also )?need|can i|could i|may i|please|could you|can you|ich brauche|ich bräuchte|kann ich|bitte)\b)", Quick, 2000)]
    private static partial Regex Between();

    [GeneratedRegex(@"^\s*(two|three|zwei|drei|a few|several|2|3) (things|issues|problems|points|topics|dinge|sachen|punkte|anliegen)\b[^:\n]{0,20}:?\s*|^\s*(and |und )?(and|und|also|besides|additionally|another (thing|issue|problem|one)( is)?|second(ly)?|2nd|furthermore|plus|on top of that|separately|by the way|btw|apart from that|one more thing|the other (thing|one)( is)?|oh and|außerdem|zusätzlich|noch (etwas|was)|zweitens|ansonsten|übrigens|nebenbei|first(ly)?|erstens)\b[,:]?\s*", Quick, 2000)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^\W*(actually|i mean|i meant|eigentlich|ich mein(t)?e|it|its|it's|that|this|they|then|there|because|since|so|therefore|which|who|deshalb|weil|das|es|dann|so)\b", Quick, 2000)]
    private static partial Regex GoesOn();
}
