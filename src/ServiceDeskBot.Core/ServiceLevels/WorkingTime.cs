using ServiceDeskBot.Core.Desk;

namespace ServiceDeskBot.Core.ServiceLevels;

/// <summary>Counts time in which people are there, by a support calendar. To the minute, across days, holidays and clock changes.</summary>
public static class WorkingTime
{
    /// <summary>A calendar without any opening hour within this many days is taken as always closed.</summary>
    private const int LookAhead = 370;

    /// <summary>The moment at which <paramref name="span"/> of working time has passed since <paramref name="from"/>.</summary>
    public static DateTimeOffset Add(SupportCalendar calendar, DateTimeOffset from, TimeSpan span)
    {
        var left = span;
        foreach (var (open, close) in Windows(calendar, from))
        {
            var begin = open > from ? open : from;
            var room = close - begin;
            if (left <= room)
            {
                return begin + left;
            }

            left -= room;
        }

        return from + span;
    }

    /// <summary>True while people are there.</summary>
    public static bool IsOpen(SupportCalendar calendar, DateTimeOffset at)
    {
        foreach (var (open, close) in Windows(calendar, at))
        {
            return open <= at && at < close;
        }

        return false;
    }

    /// <summary>When people are back; <paramref name="at"/> itself while they are there.</summary>
    public static DateTimeOffset NextOpen(SupportCalendar calendar, DateTimeOffset at)
    {
        foreach (var (open, _) in Windows(calendar, at))
        {
            return open > at ? open : at;
        }

        return at;
    }

    /// <summary>Until when people are there today; <c>null</c> while they are not, or when they always are.</summary>
    public static DateTimeOffset? OpenUntil(SupportCalendar calendar, DateTimeOffset at)
    {
        foreach (var (open, close) in Windows(calendar, at))
        {
            return open <= at && close - open < TimeSpan.FromHours(24) ? close : null;
        }

        return null;
    }

    /// <summary>Working time from <paramref name="from"/> to <paramref name="to"/>; none when it is not later.</summary>
    public static TimeSpan Between(SupportCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        var passed = TimeSpan.Zero;
        foreach (var (open, close) in Windows(calendar, from).TakeWhile(window => window.Open < to))
        {
            passed += (close < to ? close : to) - (open > from ? open : from);
        }

        return passed;
    }

    /// <summary>True when the calendar's clock shows <paramref name="time"/> or later.</summary>
    public static bool IsPast(SupportCalendar calendar, DateTimeOffset at, TimeOnly time) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone)).DateTime) >= time;

    /// <summary>When the next working day after that of <paramref name="at"/> begins.</summary>
    public static DateTimeOffset NextDay(SupportCalendar calendar, DateTimeOffset at)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone);
        var midnight = Instant(zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).AddDays(1), TimeOnly.MinValue);
        return NextOpen(calendar, midnight);
    }

    /// <summary>Opening windows that end after <paramref name="from"/>, in order.</summary>
    private static IEnumerable<(DateTimeOffset Open, DateTimeOffset Close)> Windows(SupportCalendar calendar, DateTimeOffset from)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1);
        for (var i = 0; i < LookAhead; i++, day = day.AddDays(1))
        {
            if (!calendar.Hours.TryGetValue(day.DayOfWeek, out var hours) || calendar.Holidays.Contains(day))
            {
                continue;
            }

            var open = Instant(zone, day, hours.From);
            var close = hours.To == TimeOnly.MinValue ? Instant(zone, day.AddDays(1), hours.To) : Instant(zone, day, hours.To);
            if (close > from)
            {
                yield return (open, close);
            }
        }
    }

    private static DateTimeOffset Instant(TimeZoneInfo zone, DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            // The clock jumps over this time in spring: take the first moment after the gap.
            local = local.AddHours(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
