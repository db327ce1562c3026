
namespace ServiceDeskBot.Core.Feedback;

/// <summary>Calendar weeks, UTC.</summary>
public static class Weeks
{
    public static DateOnly MondayOf(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
