using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;
using Xunit;

namespace ServiceDeskBot.Tests.Desk.Content;

/// <summary>The desk that comes with the product, as it lies beside the program.</summary>
public sealed class BundledDeskTests
{
    private readonly DeskReading _reading = DeskFolder.Read(Path.Combine(AppContext.BaseDirectory, "desk"));

    private DeskContent Desk => Assert.IsType<DeskReading.Complete>(_reading).Desk;

    [Fact]
    public void Read_BundledDesk_HasNoFaults() =>
        Assert.True(_reading is DeskReading.Complete, _reading is DeskReading.Faulty faulty ? string.Join(Environment.NewLine, faulty.Faults) : "");

    [Theory]
    [InlineData("access", "identity")]
    [InlineData("network", "network")]
    [InlineData("remote-access", "network")]
    [InlineData("email", "applications")]
    [InlineData("hardware", "workplace")]
    [InlineData("facilities", "workplace")]
    [InlineData("security", "security")]
    [InlineData("hr", "service-desk")]
    [InlineData("other", "service-desk")]
    public void TeamFor_Category_IsTheTeamThatLooksAfterIt(string category, string team) => Assert.Equal(team, Desk.TeamFor(category).Id);

    [Fact]
    public void Teams_Demo_AreSixOfAdaGraceAndLinusLedByAda()
    {
        Assert.Equal(["service-desk", "network", "applications", "workplace", "identity", "security"], Desk.Teams.Select(team => team.Id));
        Assert.All(Desk.Teams, team =>
        {
            Assert.Equal("ada", team.Lead);
            Assert.Equal(["ada", "grace", "linus"], team.Members);
            Assert.Equal(team.Id, team.Channels["local"]);
            Assert.Equal(team.Id == "security", team.Closed);
        });
    }

    [Fact]
    public void People_Demo_HaveTheAddressesAndAccountsOfTheContract() => Assert.All(Desk.People, person =>
    {
        Assert.Equal($"{person.Id}@example.com", person.Email);
        Assert.Equal(person.Id, person.Accounts["local"]);
    });

    [Theory]
    [InlineData("person", "medium", 3)]
    [InlineData("department", "high", 2)]
    [InlineData("organisation", "critical", 1)]
    public void Priority_OfTheMatrix_IsAsDocumented(string impact, string urgency, int priority) =>
        Assert.Equal(priority, Desk.Policies.Priority(impact, urgency));

    [Fact]
    public void Policies_Defaults_AreAsDocumented()
    {
        Assert.Equal(new ServiceTarget(TimeSpan.FromMinutes(30), TimeSpan.FromHours(8), TimeSpan.FromHours(2)), Desk.Policies.Targets[2]);
        Assert.Equal(new SurveyPolicy(TimeSpan.FromDays(14), TimeSpan.FromDays(3), 5), Desk.Policies.Survey);
        Assert.Equal(new VerificationPolicy(TimeSpan.FromHours(24), TimeSpan.FromHours(48), TimeSpan.FromDays(7)), Desk.Policies.Verification);
        Assert.Equal(new IntakePolicy(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(4), 0.2, 2), Desk.Policies.Intake);
        Assert.Equal(new DigestPolicy(new TimeOnly(9, 0), "Europe/Berlin"), Desk.Policies.Digest);
        Assert.Equal(new RetentionPolicy(TimeSpan.FromDays(7), TimeSpan.FromDays(7)), Desk.Policies.Retention);
    }

    /// <summary>Desk content may be in one language only; what comes with the product is in both.</summary>
    [Fact]
    public void Scripts_Demo_AreInBothLanguages() => Assert.All(
        Desk.Scripts.SelectMany(script => script.Steps).SelectMany(step => step.Options.Select(option => option.Title).Append(step.Question).Append(step.Fact)).OfType<Wording>(),
        wording => Assert.False(string.IsNullOrWhiteSpace(wording.De)));

    [Fact]
    public void Calendars_Demo_CloseOnWeekendsExceptForSecurity()
    {
        var support = Desk.CalendarOf(Desk.Team("network")!);
        var always = Desk.CalendarOf(Desk.Team("security")!);

        Assert.Equal(new OpeningHours(new TimeOnly(8, 0), new TimeOnly(18, 0)), support.Hours[DayOfWeek.Monday]);
        Assert.False(support.Hours.ContainsKey(DayOfWeek.Saturday));
        Assert.Contains(new DateOnly(2027, 1, 1), support.Holidays);
        Assert.Equal(7, always.Hours.Count);
    }

    [Fact]
    public void Catalogue_Demo_HasItemsToOrderAndOneToCome()
    {
        Assert.Equal(["new-laptop", "shared-folder-access", "application-access", "work-phone", "forklift-terminal", "new-employee", "mailing-list"], Desk.Catalogue.Where(item => item.Phase == "operate").Select(item => item.Id));
        Assert.Equal([new ApprovalRule("manager", null)], Desk.Item("new-laptop")!.Approvals);
        Assert.Empty(Desk.Item("shared-folder-access")!.Approvals);
        Assert.Equal([new ApprovalRule("owner", null)], Desk.Item("application-access")!.Approvals);
        Assert.Equal("transition", Desk.Item("fair-kit")!.Phase);
    }

    [Fact]
    public void Articles_Demo_AreShortAndCoverWhatPeopleAskMost()
    {
        Assert.True(Desk.Articles.Count(article => article.Audience == "user") >= 18);
        Assert.All(Desk.Articles, article =>
        {
            Assert.InRange(article.Steps.Count, 3, 6);
            Assert.NotEmpty(article.Summary);
            Assert.NotEmpty(article.Keywords);
        });
    }
}
