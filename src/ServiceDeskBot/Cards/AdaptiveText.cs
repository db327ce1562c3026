using System.Buffers;
using System.Globalization;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>What Adaptive Card clients do with texts: compute dates everywhere, read Markdown in TextBlock and FactSet.</summary>
internal static class AdaptiveText
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(@"\*_`[]<>~&|{}" + "\n");

    /// <summary>Clients compute <c>{{DATE(…)}}</c> in every text; an invisible space between the braces leaves a typed one as it is.</summary>
    public static string Undated(string text) =>
        text.Replace("{{", "{\u200B{", StringComparison.Ordinal).Replace("{{", "{\u200B{", StringComparison.Ordinal);

    /// <summary>The moment in the zone of whoever looks at it; only TextBlock computes it on every client.</summary>
    public static string Dated(Moment moment)
    {
        var at = moment.Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return moment.Style switch
        {
            MomentStyle.Time => $"{{{{TIME({at})}}}}",
            MomentStyle.Day => $"{{{{DATE({at}, SHORT)}}}}",
            _ => $"{{{{DATE({at}, SHORT)}}}} {{{{TIME({at})}}}}",
        };
    }

    /// <summary>True when a Markdown reader could take any of it for markup.</summary>
    public static bool ReadsAsMarkdown(Wording wording) =>
        IsShaped(wording.Plain) || Array.Exists(wording.Stretches, stretch => stretch.Moment is null && IsMarkup(stretch.Text));

    private static bool IsMarkup(string text) => text.AsSpan().ContainsAny(Marks) || text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.Ordinal);

    /// <summary>A list, a heading or a quotation at the beginning, or the two spaces of a line that is to be broken at either end.</summary>
    private static bool IsShaped(ReadOnlySpan<char> text)
    {
        var line = text.TrimStart();
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        return (line.Length > 0 && "-+#=>:".Contains(line[0]))
            || (digits > 0 && line[digits] is '.' or ')')
            || text.Length - line.Length > 1
            || text.Length - text.TrimEnd().Length > 1;
    }
}
