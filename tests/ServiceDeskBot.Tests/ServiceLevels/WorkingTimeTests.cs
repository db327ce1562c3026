using System.Globalization;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.ServiceLevels;
using Xunit;

namespace ServiceDeskBot.Tests.ServiceLevels;

public sealed class WorkingTimeTests
{
    private static readonly SupportCalendar Office = new(
        "office",
        "Office hours",
        "Europe/Berlin",
        new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToDictionary(day => day, _ => new OpeningHours(new TimeOnly(8, 0), new TimeOnly(18, 0))),
        [new DateOnly(2026, 12, 25)]);

    private static readonly SupportCalendar Always = new(
        "always",
        "Day and night",
        "Europe/Berlin",
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new OpeningHours(TimeOnly.MinValue, TimeOnly.MinValue)),
        []);

    [Theory]
    [InlineData("2026-11-18T09:00:00Z", 4, "2026-11-18T13:00:00Z")] // within the day
    [InlineData("2026-11-18T16:00:00Z", 4, "2026-11-19T10:00:00Z")] // one hour today, three tomorrow
    [InlineData("2026-11-20T16:30:00Z", 1, "2026-11-23T07:30:00Z")] // over the weekend
    [InlineData("2026-12-24T16:00:00Z", 2, "2026-12-28T08:00:00Z")] // holiday, then the weekend
    [InlineData("2026-11-21T12:00:00Z", 0, "2026-11-23T07:00:00Z")] // out of hours begins at opening
    [InlineData("2026-10-23T15:00:00Z", 2, "2026-10-26T08:00:00Z")] // the clock goes back in between
    public void Add_OfficeHours_CountsOnlyOpenTime(string from, int hours, string expected) =>
        Assert.Equal(At(expected), WorkingTime.Add(Office, At(from), TimeSpan.FromHours(hours)));

    [Fact]
    public void Add_AlwaysOpen_IsPlainTime() =>
        Assert.Equal(At("2026-11-22T05:00:00Z"), WorkingTime.Add(Always, At("2026-11-21T03:00:00Z"), TimeSpan.FromHours(26)));

    [Theory]
    [InlineData("2026-11-18T07:00:00Z", true)]
    [InlineData("2026-11-18T06:59:00Z", false)]
    [InlineData("2026-11-18T17:00:00Z", false)]
    [InlineData("2026-12-25T10:00:00Z", false)]
    public void IsOpen_AtTheEdges_IsInclusiveThenExclusive(string at, bool open) => Assert.Equal(open, WorkingTime.IsOpen(Office, At(at)));

    [Fact]
    public void OpenUntil_AlwaysOpen_IsNull() => Assert.Null(WorkingTime.OpenUntil(Always, At("2026-11-18T09:00:00Z")));

    [Fact]
    public void NextOpen_CalendarWithoutHours_IsNow() =>
        Assert.Equal(At("2026-11-18T09:00:00Z"), WorkingTime.NextOpen(Office with { Hours = new Dictionary<DayOfWeek, OpeningHours>() }, At("2026-11-18T09:00:00Z")));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
