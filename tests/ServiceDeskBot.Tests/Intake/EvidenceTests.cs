using ServiceDeskBot.Core.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Intake;

public sealed class EvidenceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset TenInTheMorning = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("the wifi in the warehouse keeps dropping, forklift drivers can't get their picks, truck leaves at 4 today", "department", "high")]
    [InlineData("20 people cannot log in", "department", "high")]
    [InlineData("me and 3 colleagues can't print", "team", "high")]
    [InlineData("14 people cannot log in", "team", "high")]
    [InlineData("15 people cannot log in", "department", "high")]
    [InlineData("199 people cannot log in", "department", "high")]
    [InlineData("200 people cannot log in", "organisation", "high")]
    [InlineData("the whole company is offline", "organisation", null)]
    [InlineData("mehrere Kollegen können nicht arbeiten, das steht still", "team", "high")]
    [InlineData("customers are waiting at the counter", null, "high")]
    [InlineData("the portal shows error 500, happens to everyone in HR. payroll closes tonight", "department", "high")]
    [InlineData("it is slow for everybody", "team", null)]
    [InlineData("everyone gets an error at the login", "team", null)]
    [InlineData("nobody in accounting can book anything", "department", null)]
    [InlineData("everyone in my team sees a blank page", "team", null)]
    [InlineData("bei allen kommt die Meldung", "team", null)]
    [InlineData("alle in der Buchhaltung sehen eine leere Seite", "department", null)]
    public void In_TextThatNamesImpactOrCost_SaysAtLeast(string text, string? impact, string? urgency)
    {
        var evidence = Evidence.In(text, TenInTheMorning, Berlin);

        Assert.Equal(impact, evidence.LeastImpact);
        Assert.Equal(urgency, evidence.LeastUrgency);
    }

    [Theory]
    [InlineData("my calendar shows every meeting an hour late since this morning")]
    [InlineData("outlook is slow")]
    [InlineData("the printer on floor 2 leaves stripes")]
    [InlineData("it works for everyone else")]
    [InlineData("everybody else can print")]
    [InlineData("everyone has access but me")]
    public void In_TextWithoutEvidence_SaysNothing(string text)
    {
        var evidence = Evidence.In(text, TenInTheMorning, Berlin);

        Assert.Null(evidence.LeastImpact);
        Assert.Null(evidence.LeastUrgency);
        Assert.Null(evidence.Deadline);
    }

    [Fact]
    public void Urgency_PersonSaysItCanWait_IsLow() =>
        Assert.Equal("low", Evidence.In("no rush, but my second monitor flickers", TenInTheMorning, Berlin).Urgency("high"));

    [Fact]
    public void Urgency_PersonSaysItCanWaitButNamesACost_StaysHigh() =>
        Assert.Equal("high", Evidence.In("not urgent for me but customers are waiting", TenInTheMorning, Berlin).Urgency("medium"));
}

public sealed class DeadlinesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset TenInTheMorning = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("truck leaves at 4 today", "2026-11-18T15:00:00Z")]
    [InlineData("I need it by 16:30", "2026-11-18T15:30:00Z")]
    [InlineData("must be ready before 3pm", "2026-11-18T14:00:00Z")]
    [InlineData("in 2 hours I present to the board", "2026-11-18T11:00:00Z")]
    [InlineData("needed before noon", "2026-11-18T11:00:00Z")]
    [InlineData("has to go out today", "2026-11-18T17:00:00Z")]
    [InlineData("due tomorrow", "2026-11-19T08:00:00Z")]
    [InlineData("bis 14 Uhr brauche ich das", "2026-11-18T13:00:00Z")]
    [InlineData("I have a customer call at 2", "2026-11-18T13:00:00Z")]
    [InlineData("my presentation is at 11:30", "2026-11-18T10:30:00Z")]
    [InlineData("payroll closes tonight", "2026-11-18T17:00:00Z")]
    [InlineData("our new colleague starts today and has no laptop", "2026-11-18T17:00:00Z")]
    public void In_TextWithDeadline_IsThatMomentInTheReadersZone(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Deadlines.In(text, TenInTheMorning, Berlin));

    [Theory]
    [InlineData("since 8 this morning nothing works")]
    [InlineData("it worked until 2 days ago")]
    [InlineData("the laptop is slow today")]
    [InlineData("room for 12 people")]
    [InlineData("my video call at 9 had no sound")]
    public void In_TimeThatIsNoDeadline_IsNull(string text) => Assert.Null(Deadlines.In(text, TenInTheMorning, Berlin));
}
