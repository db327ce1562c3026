using System.Globalization;
using ServiceDeskBot.Dialogs.Prompts;
using Xunit;

namespace ServiceDeskBot.Tests.Dialogs.Prompts;

public sealed class NaturalMomentsTests
{
    /// <summary>A Wednesday, 10:00 in Berlin.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("tomorrow at 3pm", "2026-11-19T15:00")]
    [InlineData("today 16:30", "2026-11-18T16:30")]
    [InlineData("heute um 15 Uhr", "2026-11-18T15:00")]
    [InlineData("übermorgen", "2026-11-20T18:00")]
    [InlineData("next Tuesday", "2026-11-24T18:00")]
    [InlineData("Freitag um 12 Uhr", "2026-11-20T12:00")]
    [InlineData("Wednesday", "2026-11-25T18:00")]
    [InlineData("in 2 hours", "2026-11-18T12:00")]
    [InlineData("in 3 Tagen", "2026-11-21T18:00")]
    [InlineData("24.12.", "2026-12-24T18:00")]
    [InlineData("3.2.", "2027-02-03T18:00")]
    [InlineData("2026-12-01 at 8am", "2026-12-01T08:00")]
    [InlineData("5th of January", "2027-01-05T18:00")]
    [InlineData("March 3", "2027-03-03T18:00")]
    [InlineData("by 9", "2026-11-19T09:00")]
    [InlineData("noon", "2026-11-18T12:00")]
    [InlineData("end of the week", "2026-11-20T18:00")]
    public void In_NaturalWords_IsThatMoment(string words, string berlin)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var moment = NaturalMoments.In(words, Now, zone);
        Assert.NotNull(moment);
        Assert.Equal(berlin, TimeZoneInfo.ConvertTime(moment.Value, zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("soonish")]
    [InlineData("31.2.")]
    [InlineData("25:00")]
    [InlineData("")]
    public void In_WordsWithoutAMoment_IsNothing(string words) => Assert.Null(NaturalMoments.In(words, Now, TimeZoneInfo.Utc));
}
