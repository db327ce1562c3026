using System.Globalization;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>calendars.yaml</c>.</summary>
internal static class CalendarsFile
{
    private const string Allowed = "hours such as 08:00-18:00, the later one second; 24:00 is the end of the day";

    public static IReadOnlyList<SupportCalendar> Read(DeskDraft draft)
    {
        var calendars = new List<SupportCalendar>();
        foreach (var (id, entry) in KeyedFile.Read(draft, "calendars.yaml", Known.Calendar, "calendar"))
        {
            calendars.Add(new SupportCalendar(id, entry.Text("name"), entry.Zone("zone"), Hours(entry.Section("hours")), entry.Dates("holidays")));
            entry.End();
        }

        return calendars;
    }

    private static Dictionary<DayOfWeek, OpeningHours> Hours(Entry entry)
    {
        var hours = new Dictionary<DayOfWeek, OpeningHours>();
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var key = day.ToString().ToLowerInvariant();
            if (entry.TextOrNull(key) is not { Length: > 0 } text)
            {
                continue;
            }

            if (Parse(text) is { } opening)
            {
                hours[day] = opening;
            }
            else
            {
                entry.Fault(key, $"'{text}' are no opening hours", Allowed);
            }
        }

        entry.End();
        return hours;
    }

    private static OpeningHours? Parse(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } open && (to.Trim() == "24:00" ? TimeOnly.MinValue : Time(to)) is { } close
            && (close == TimeOnly.MinValue ? to.Trim() == "24:00" : open < close)
            ? new OpeningHours(open, close)
            : null;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
