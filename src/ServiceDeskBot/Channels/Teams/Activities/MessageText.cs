using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.Channels.Teams.Activities;

/// <summary>A message's words as the person meant them: without the bot's own mention, without the quoted message, without HTML.</summary>
/// <param name="Addressed">True when the bot was mentioned.</param>
/// <param name="Quotes">Id of the message that is quoted, or <c>null</c>.</param>
internal sealed partial record MessageText(string Text, bool Addressed, string? Quotes)
{
    public static MessageText Of(Activity activity)
    {
        // Teams also puts the quoted message's words into the plain text, with nothing to tell them apart; only the HTML has both.
        var html = activity.Attachments?.FirstOrDefault(IsHtml)?.Content.Text();
        if (html is not null && Quote().Match(html) is { Success: true } quote)
        {
            return new MessageText(WithoutOwnName(OfHtml(html.Remove(quote.Index, quote.Length)), activity), IsMentioned(activity), quote.Groups["id"].Value);
        }

        var text = QuotePlaceholder().Replace(WithoutOwnMention(activity), "");
        var quoted = activity.EntitiesOf("quotedReply").Select(entity => entity.Member("quotedReply").Member("messageId").Text()).FirstOrDefault();
        return new MessageText(activity.IsTeams ? Decode(text) : text.Trim(), IsMentioned(activity), quoted);
    }

    /// <summary>HTML as plain text: paragraphs and breaks become lines, everything else between angle brackets goes.</summary>
    public static string OfHtml(string html)
    {
        var lines = LineEnd().Replace(LineBreak().Replace(html, " "), "\n");
        return Decode(LineBreak().Replace(Tag().Replace(lines, ""), "\n"));
    }

    private static string WithoutOwnMention(Activity activity)
    {
        var text = activity.Text ?? "";
        foreach (var mention in activity.EntitiesOf("mention"))
        {
            if (mention.Member("text").Text() is { Length: > 0 } written)
            {
                var name = mention.Member("mentioned").Member("name").Text();
                text = text.Replace(written, IsOwn(activity, mention) ? "" : $"@{name}", StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>In HTML a mention is just the name.</summary>
    private static string WithoutOwnName(string text, Activity activity) =>
        IsMentioned(activity) && activity.Recipient?.Name is { Length: > 0 } own && text.StartsWith(own, StringComparison.Ordinal) ? text[own.Length..].TrimStart() : text;

    private static bool IsMentioned(Activity activity) => activity.EntitiesOf("mention").Any(mention => IsOwn(activity, mention));

    private static bool IsOwn(Activity activity, JsonElement mention) =>
        mention.Member("mentioned").Member("id").Text() is { } id && id == activity.Recipient?.Id;

    private static bool IsHtml(ActivityAttachment? attachment) =>
        string.Equals(attachment?.ContentType, "text/html", StringComparison.OrdinalIgnoreCase);

    private static string Decode(string text) => WebUtility.HtmlDecode(text).Replace('\u00A0', ' ').Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    [GeneratedRegex("""<blockquote[^>]*itemtype="http://schema\.skype\.com/Reply"[^>]*itemid="(?<id>[^"]+)"[^>]*>.*?</blockquote>""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Quote();

    [GeneratedRegex("""<quoted messageId="[^"]*"\s*/>""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QuotePlaceholder();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex LineBreak();

    [GeneratedRegex("</p>|</div>|</li>|<br[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
