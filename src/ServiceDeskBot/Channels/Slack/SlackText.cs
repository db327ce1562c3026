using System.Text;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Slack's message markup as the words a person would read.</summary>
public static partial class SlackText
{
    private const int MostMentioned = 5;

    /// <summary>The text without escapes, with links and mentions written out, and without the bot's own mention.</summary>
    /// <param name="bot">The bot's user id; <c>null</c> when unknown.</param>
    /// <param name="names">Display names by account; an account without one is written as its id.</param>
    public static string Plain(string text, string? bot, IReadOnlyDictionary<string, string> names)
    {
        var plain = new StringBuilder(text.Length);
        var from = 0;
        foreach (Match match in Markup().Matches(text))
        {
            plain.Append(text, from, match.Index - from);
            from = match.Index + match.Length;
            if (match.ValueSpan[0] == '&')
            {
                plain.Append(Unescaped(match.Value));
            }
            else if (bot is not null && MentionedId(match.Value) == bot)
            {
                from = AfterAddress(text, from, plain);
            }
            else
            {
                plain.Append(Spoken(match.Value[1..^1], names));
            }
        }

        return plain.Append(text, from, text.Length - from).ToString().Trim();
    }

    public static bool Mentions(string text, string? bot) =>
        bot is not null && Markup().Matches(text).Any(match => MentionedId(match.Value) == bot);

    /// <summary>The first few accounts that are mentioned, in order, each once; without <paramref name="except"/>.</summary>
    public static IReadOnlyList<string> Mentioned(string? text, string? except) =>
        [.. Markup().Matches(text ?? "").Select(match => MentionedId(match.Value)).OfType<string>().Where(id => id != except).Distinct(StringComparer.Ordinal).Take(MostMentioned)];

    private static string? MentionedId(string markup) => markup.StartsWith("<@", StringComparison.Ordinal) ? markup[2..^1].Split('|')[0] : null;

    /// <summary>Skips the comma of "@desk, …" and the blank that would stand twice.</summary>
    private static int AfterAddress(string text, int from, StringBuilder plain)
    {
        if (plain.Length == 0 && from < text.Length && text[from] is ',' or ':')
        {
            from++;
        }

        while (from < text.Length && text[from] == ' ' && (plain.Length == 0 || char.IsWhiteSpace(plain[^1])))
        {
            from++;
        }

        return from;
    }

    private static string Spoken(string inside, IReadOnlyDictionary<string, string> names)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var target = Unescaped(bar < 0 ? inside : inside[..bar]);
        var label = bar < 0 || bar == inside.Length - 1 ? null : Unescaped(inside[(bar + 1)..]);
        return target switch
        {
            ['@', .. var account] => "@" + (names.GetValueOrDefault(account) ?? label ?? account),
            ['#', .. var channel] => "#" + (label ?? channel),
            ['!', .. var special] => label ?? "@" + special.Split('^')[0],
            _ => Link(target, label),
        };
    }

    /// <summary>Slack itself turns a typed <c>example.com</c> into a link with that label: then the label is what was typed.</summary>
    private static string Link(string url, string? label) =>
        label is null ? url
        : url.TrimEnd('/').EndsWith(label.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) ? label
        : $"{label} ({url})";

    // The ampersand last: "&amp;lt;" stands for the four characters "&lt;".
    private static string Unescaped(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex("<[^<>\\s][^<>]*>|&(?:amp|lt|gt);", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}
