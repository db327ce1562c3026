using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Finds the moment by which a person needs something: "by 4", "truck leaves at 16:00 today", "before noon", "bis morgen".</summary>
public static partial class Deadlines
{
    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary><c>null</c> when none is named. A clock time alone counts only after a word such as <c>by</c> or <c>before</c>, or with <c>today</c>.</summary>
    public static DateTimeOffset? In(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var here = TimeZoneInfo.ConvertTime(now, zone);
        if (InHours().Match(text) is { Success: true } span && double.TryParse(span.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return now + (span.Groups["unit"].Value.StartsWith("h", StringComparison.OrdinalIgnoreCase) || span.Groups["unit"].Value.StartsWith("stu", StringComparison.OrdinalIgnoreCase)
                ? TimeSpan.FromHours(count)
                : TimeSpan.FromMinutes(count));
        }

        var tomorrow = Tomorrow().IsMatch(text);
        var day = here.Date.AddDays(tomorrow ? 1 : 0);
        if (By().Match(text) is { Success: true } by && Clock(by) is { } time)
        {
            // "by 4" said at two in the afternoon means sixteen o'clock; a meeting at nine is over by then.
            var at = day + time;
            if (!tomorrow && at <= here.DateTime && time.TotalHours < 12 && !by.Groups["event"].Success)
            {
                at = at.AddHours(12);
            }

            return at > here.DateTime || tomorrow ? new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime() : null;
        }

        if (Noon().IsMatch(text) && here.Hour < 12)
        {
            return Local(day.AddHours(12), zone);
        }

        if (Today().IsMatch(text))
        {
            return here.Hour < 18 ? Local(here.Date.AddHours(18), zone) : Local(here.Date.AddDays(1).AddMinutes(-1), zone);
        }

        return NeededTomorrow().IsMatch(text) ? Local(here.Date.AddDays(1).AddHours(9), zone) : null;
    }

    private static DateTimeOffset Local(DateTime at, TimeZoneInfo zone) => new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime();

    private static TimeSpan? Clock(Match match)
    {
        if (!int.TryParse(match.Groups["h"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour > 23)
        {
            return null;
        }

        var minute = match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        var pm = match.Groups["half"].Value.StartsWith("p", StringComparison.OrdinalIgnoreCase);
        hour = pm && hour < 12 ? hour + 12 : hour;
        // Without am or pm, one to seven is the afternoon: nobody's truck leaves at four in the morning without saying so.
        hour = !match.Groups["half"].Success && !match.Groups["m"].Success && hour is >= 1 and <= 7 ? hour + 12 : hour;
        return minute < 60 ? new TimeSpan(hour, minute, 0) : null;
    }

    [GeneratedRegex(@"\b(in|within|innerhalb von)\s+(the next\s+)?(?<n>\d{1,3})\s+(?<unit>hours?|hrs?|minutes?|mins?|stunden?|minuten)\b", Quick, 2000)]
    private static partial Regex InHours();

    [GeneratedRegex(@"\b(by|before|until|till|leaves? at|starts? at|due at|deadline (is )?(at )?|needed (at|by)|bis( um)?|vor|um|(?<event>(call|meeting|presentation|demo|interview|appointment|webinar|workshop|pitch|training|flight|train|shift)( (is|starts|begins|today|tomorrow))* at))\s+(?<h>\d{1,2})((:|\.)(?<m>\d{2}))?\s*(?<half>am|pm|a\.m\.|p\.m\.)?(\s*(o'?clock|uhr))?(?!\d|\s*(people|users|days|weeks|minutes|hours))", Quick, 2000)]
    private static partial Regex By();

    [GeneratedRegex(@"\b(by|before|until) noon\b|\bbis mittag\b", Quick, 2000)]
    private static partial Regex Noon();

    [GeneratedRegex(@"\b((by|before|until|needed|need it|due|has to (go|be)|must (go|be)|deadline)\b[^.!?\n]{0,40}\b(today|tonight|this (afternoon|evening)|eod|end of (the )?day|cob)|(today|this afternoon)('s)? (deadline|is the deadline)|deadline[^.!?\n]{0,20}today|(go|ship|leave|send|submit|present|sign|close|pay)\w*\b[^.!?\n]{0,30}\btoday|\b(closes?|ends?|starts?|begins?|leaves?|expires?|opens?)\b[^.!?\n]{0,20}\b(today|tonight|this (afternoon|evening))|still today|asap today|heute noch|bis heute)\b", Quick, 2000)]
    private static partial Regex Today();

    [GeneratedRegex(@"\b(tomorrow|morgen (früh|vormittag|mittag))\b", Quick, 2000)]
    private static partial Regex Tomorrow();

    [GeneratedRegex(@"\b((by|before|until|for|due)\b[^.!?\n]{0,20}\btomorrow|bis morgen)\b", Quick, 2000)]
    private static partial Regex NeededTomorrow();
}
