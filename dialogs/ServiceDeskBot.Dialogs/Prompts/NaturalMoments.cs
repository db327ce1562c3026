using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>
/// Reads a day and a time in English or German words. A day without a time means the end of its working day; a time without a
/// day means its next coming.
/// </summary>
public static partial class NaturalMoments
{
    private static readonly TimeSpan Evening = TimeSpan.FromHours(18);

    private static readonly Dictionary<string, DayOfWeek> Days = new(StringComparer.OrdinalIgnoreCase)
    {
        ["monday"] = DayOfWeek.Monday,
        ["mon"] = DayOfWeek.Monday,
        ["montag"] = DayOfWeek.Monday,
        ["tuesday"] = DayOfWeek.Tuesday,
        ["tue"] = DayOfWeek.Tuesday,
        ["dienstag"] = DayOfWeek.Tuesday,
        ["wednesday"] = DayOfWeek.Wednesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["mittwoch"] = DayOfWeek.Wednesday,
        ["thursday"] = DayOfWeek.Thursday,
        ["thu"] = DayOfWeek.Thursday,
        ["donnerstag"] = DayOfWeek.Thursday,
        ["friday"] = DayOfWeek.Friday,
        ["fri"] = DayOfWeek.Friday,
        ["freitag"] = DayOfWeek.Friday,
        ["saturday"] = DayOfWeek.Saturday,
        ["sat"] = DayOfWeek.Saturday,
        ["samstag"] = DayOfWeek.Saturday,
        ["sonnabend"] = DayOfWeek.Saturday,
        ["sunday"] = DayOfWeek.Sunday,
        ["sun"] = DayOfWeek.Sunday,
        ["sonntag"] = DayOfWeek.Sunday,
    };

    private static readonly string[] Months = ["jan", "feb", "mar|mär", "apr", "may|mai", "jun", "jul", "aug", "sep", "oct|okt", "nov", "dec|dez"];

    /// <summary><c>null</c> when no moment is named, or none that exists.</summary>
    public static DateTimeOffset? In(string words, DateTimeOffset now, TimeZoneInfo zone)
    {
        var here = TimeZoneInfo.ConvertTime(now, zone);
        if (Span().Match(words) is { Success: true } span && int.TryParse(span.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return char.ToLowerInvariant(span.Groups["unit"].Value[0]) switch
            {
                'm' => now + TimeSpan.FromMinutes(n),
                'h' or 's' => now + TimeSpan.FromHours(n),
                'w' => At(here.Date.AddDays(7 * n), TimeOf(words) ?? Evening, zone),
                _ => At(here.Date.AddDays(n), TimeOf(words) ?? Evening, zone),
            };
        }

        var time = TimeOf(words);
        if (DayOf(words, here.Date) is { } day)
        {
            return At(day, time ?? Evening, zone);
        }

        return time is { } clock ? At(here.TimeOfDay < clock ? here.Date : here.Date.AddDays(1), clock, zone) : null;
    }

    private static DateTimeOffset? At(DateTime day, TimeSpan time, TimeZoneInfo zone)
    {
        var local = day.Date + time;
        return zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static DateTime? DayOf(string words, DateTime today)
    {
        if (Relative().Match(words) is { Success: true } relative)
        {
            return relative.Groups["two"].Success ? today.AddDays(2)
                : relative.Groups["one"].Success ? today.AddDays(1)
                : relative.Groups["week"].Success ? today.AddDays(((int)DayOfWeek.Friday - (int)today.DayOfWeek + 7) % 7)
                : today;
        }

        if (Weekday().Match(words) is { Success: true } weekday)
        {
            // "Friday" said on a Friday is the next one; "next" changes nothing else, since people differ about it.
            var ahead = ((int)Days[weekday.Value] - (int)today.DayOfWeek + 7) % 7;
            return today.AddDays(ahead == 0 ? 7 : ahead);
        }

        return Iso().Match(words) is { Success: true } iso ? Date(iso, iso.Groups["month"].Value, today)
            : Dotted().Match(words) is { Success: true } dotted ? Date(dotted, dotted.Groups["month"].Value, today)
            : Named().Match(words) is { Success: true } named ? Date(named, MonthOf(named.Groups["name"].Value), today)
            : null;
    }

    private static string MonthOf(string name) =>
        (Array.FindIndex(Months, month => month.Split('|').Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Without a year it is the coming one.</summary>
    private static DateTime? Date(Match match, string month, DateTime today)
    {
        var given = match.Groups["year"].Success;
        var year = given ? int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) : today.Year;
        year = year < 100 ? 2000 + year : year;
        if (!DateTime.TryParseExact($"{year:0000}-{month.PadLeft(2, '0')}-{match.Groups["day"].Value.PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return null;
        }

        return !given && date < today ? date.AddYears(1) : date;
    }

    private static TimeSpan? TimeOf(string words)
    {
        if (Noon().IsMatch(words))
        {
            return TimeSpan.FromHours(12);
        }

        if (Clock().Match(words) is not { Success: true } match || !int.TryParse(match.Groups["h"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var hour))
        {
            return null;
        }

        var minute = match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        hour += match.Groups["half"].Value.StartsWith("p", StringComparison.OrdinalIgnoreCase) && hour < 12 ? 12 : 0;
        return hour < 24 && minute < 60 ? new TimeSpan(hour, minute, 0) : null;
    }

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\bin\s+(?<n>\d{1,3})\s*(?<unit>minutes?|mins?|minuten|hours?|hrs?|stunden?|days?|tag(en)?|weeks?|wochen?)\b", Quick, 2000)]
    private static partial Regex Span();

    [GeneratedRegex(@"\b((?<two>day after tomorrow|übermorgen)|(?<one>tomorrow|morgen)|(?<week>end of (the|this) week|ende der woche)|(?<zero>today|tonight|heute|end of (the )?day|eod))\b", Quick, 2000)]
    private static partial Regex Relative();

    [GeneratedRegex(@"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(mon|tue|wed|thu|fri|sat|sun)\b|\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b", Quick, 2000)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\b(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})\b", Quick, 2000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\b(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}|\d{2})?(?!\d)", Quick, 2000)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"\b(?<day>\d{1,2})(st|nd|rd|th|\.)?\s+(of\s+)?(?<name>(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*)(\s+(?<year>\d{4}))?\b|\b(?<name>(january|february|march|april|may|june|july|august|september|october|november|december))\s+(?<day>\d{1,2})(st|nd|rd|th)?(,?\s+(?<year>\d{4}))?\b", Quick, 2000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(noon|mittag|midday)\b", Quick, 2000)]
    private static partial Regex Noon();

    [GeneratedRegex(@"(?<![\d.])(?<h>\d{1,2})(:(?<m>\d{2})(\s*(?<half>am|pm))?|\s*(?<half>am|pm)\b|(\.(?<m>\d{2}))?\s*(uhr|o'?clock)\b)|\b(at|um|by|bis)\s+(?<h>\d{1,2})(?![\d.:-]|\s*(am|pm)\b)", Quick, 2000)]
    private static partial Regex Clock();
}
