using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>
/// What matters of a message that came by e-mail or was forwarded: the person's own words, the subject, and the newest mail's
/// text. Headers, signatures, quoted history and disclaimers are left out of reading and of summaries; the whole is kept.
/// </summary>
public static partial class Forwarded
{
    /// <summary>The text itself where nothing looks like mail.</summary>
    public static string WhatMatters(string text)
    {
        if (!LooksLikeMail().IsMatch(text))
        {
            return text;
        }

        var kept = new List<string>();
        var mails = 0;
        var inHeader = false;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            if (Opening().IsMatch(line))
            {
                // The newest mail is what the person sends on; what that one quotes is history.
                inHeader = true;
                if (++mails > 1)
                {
                    break;
                }
            }
            else if (Header().Match(line) is { Success: true } header)
            {
                if (!inHeader && FromHeader().IsMatch(line) && ++mails > 1)
                {
                    break;
                }

                inHeader = true;
                if (header.Groups["subject"].Success)
                {
                    kept.Add(Marks().Replace(header.Groups["subject"].Value, ""));
                }
            }
            else if (line.TrimStart().StartsWith('>'))
            {
                // Quoted history.
            }
            else if (EndOfWords().IsMatch(line))
            {
                // A signature or disclaimer ends the words of one mail; a forwarded one may follow.
                kept.Add(Skip);
                inHeader = false;
            }
            else if (kept.LastOrDefault() != Skip || Greeting().IsMatch(line))
            {
                inHeader = inHeader && line.Length == 0;
                kept.Add(line);
            }
        }

        var words = string.Join('\n', kept.Where(line => line != Skip && !Greeting().IsMatch(line) && !OnlyPointsBelow().IsMatch(line))).Trim();
        return words.Length > 0 ? Gaps().Replace(Courtesies().Replace(words, ""), "\n") : text;
    }

    /// <summary>Marks where the words of one mail have ended.</summary>
    private const string Skip = "\0";

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\s*(-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht)|(from|von|subject|betreff):\s|on .{5,80} wrote:|am .{5,80} schrieb|begin forwarded message|((best|kind|warm) regards|yours (truly|sincerely|faithfully)|mit freundlichen grüßen|(viele|beste|liebe|freundliche) grüße),?\s*$)", Quick | RegexOptions.Multiline, 2000)]
    private static partial Regex LooksLikeMail();

    [GeneratedRegex(@"^\s*(-{2,}.*(message|nachricht).*|begin forwarded message:?|on .{5,80} wrote:|am .{5,80} schrieb.*:?)\s*$", Quick, 2000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\s*((from|to|cc|bcc|sent|date|reply-to|importance|priority|attachments?|von|an|gesendet|datum|wichtigkeit|anlagen?):\s?.*|(subject|betreff):\s*(?<subject>.+))$", Quick, 2000)]
    private static partial Regex Header();

    [GeneratedRegex(@"^\s*(from|von):", Quick, 2000)]
    private static partial Regex FromHeader();

    [GeneratedRegex(@"^((re|aw|fwd?|wg):\s*)+", Quick, 2000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^\s*(--\s*|_{4,}|(best|kind|warm|many)? ?regards,?.*|cheers,?|best,?|sincerely,?.*|yours( truly| sincerely)?,?|mit freundlichen grüßen.*|(viele|beste|liebe|freundliche) grüße.*|vg|mfg|lg|sent from my .*|gesendet von .*|get outlook for .*|(this|the information in this) (e-?mail|message)\b.*(confidential|intended|privileged).*|diese e-?mail .*vertraulich.*|disclaimer:?.*)\s*$", Quick, 2000)]
    private static partial Regex EndOfWords();

    [GeneratedRegex(@"^\s*(hi|hello|hey|dear|good (morning|afternoon|day)|hallo|liebe[rs]?|moin|guten (tag|morgen)|sehr geehrte\w*)\b.{0,40}[,!]?\s*$", Quick, 2000)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^\s*((please )?see below\.?|fyi\.?|see (the )?(mail|email) below\.?|s\.? ?u\.?|siehe unten\.?|z\.? ?k\.?)\s*$", Quick, 2000)]
    private static partial Regex OnlyPointsBelow();

    /// <summary>Said in every letter, and nothing about the matter.</summary>
    [GeneratedRegex(@"\b(i (do )?hope (this|my) (message|e-?mail|letter|note) finds you (well|in good health)[.,!]?\s*|i am writing to (let you know|inform you|tell you) that\s+|i would be (most |very )?grateful for (your|any) (help|assistance|support)[.!]?\s*|thank you (very much )?in advance[.!]?\s*|many thanks in advance[.,!]?\s*|(vielen|besten) dank im voraus[.!]?\s*)", Quick, 2000)]
    private static partial Regex Courtesies();

    [GeneratedRegex(@"\n{2,}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Gaps();
}
