using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>Slack's two kinds of text: <c>plain_text</c>, which interprets nothing, and <c>mrkdwn</c>, which knows dates and mentions.</summary>
internal static partial class SlackText
{
    private const char Invisible = '\u200B';

    // A date token with its fallback, at most.
    private const int DateLength = 120;

    /// <summary>Plain wherever possible; with dates only where nothing else in it could be taken for markup.</summary>
    public static JsonObject Object(Wording wording) =>
        wording.HasMoment && !ReadsAsMarkup(wording) ? Marked(Markdown(wording)) : Plain(wording.Plain);

    public static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };

    public static JsonObject Marked(string text) => new() { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true };

    /// <summary>The length that Slack will count, at most.</summary>
    public static int Measure(Stretch stretch) => stretch.Moment is not null ? DateLength : Escape(stretch.Text).Length;

    /// <summary>As mrkdwn: moments as dates, the rest escaped and its markup broken by invisible spaces.</summary>
    public static string Markdown(Wording wording) =>
        string.Concat(wording.Stretches.Select(stretch => stretch.Moment is { } moment ? Dated(moment, stretch.Text) : Escape(stretch.Text)));

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            switch (letter)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    // At the start of a line it quotes even when escaped.
                    escaped.Append(Invisible).Append("&gt;");
                    break;
                case '*' or '_' or '~' or '`':
                    escaped.Append(Invisible).Append(letter).Append(Invisible);
                    break;
                case ':' when i + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[i + 1]) || text[i + 1] is '+' or '-') && (i == 0 || !char.IsAsciiDigit(text[i - 1])):
                    escaped.Append(letter).Append(Invisible);
                    break;
                default:
                    escaped.Append(letter);
                    break;
            }
        }

        return escaped.ToString();
    }

    private static string Dated(Moment moment, string written)
    {
        var format = moment.Style switch
        {
            MomentStyle.Time => "{time}",
            MomentStyle.Day => "{date_short_pretty}",
            _ => "{date_short_pretty} {time}",
        };

        return string.Create(CultureInfo.InvariantCulture, $"<!date^{moment.Instant.ToUnixTimeSeconds()}^{format}|{written}>");
    }

    private static bool ReadsAsMarkup(Wording wording) => wording.Stretches.Any(stretch => stretch.Moment is null && Markup().IsMatch(stretch.Text));

    [GeneratedRegex(@"[*_~`<>]|:[A-Za-z0-9+-][^ ]*:", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}
