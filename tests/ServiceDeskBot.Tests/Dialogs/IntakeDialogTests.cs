using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Dialogs.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Dialogs;

public sealed class IntakeDialogTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("That's right")]
    [InlineData("ok, thanks!")]
    [InlineData("just log it")]
    [InlineData("Ja, genau")]
    [InlineData("Stimmt so")]
    [InlineData("ja, das passt so, danke")]
    [InlineData("yes that is correct")]
    [InlineData("looks good, thanks")]
    [InlineData("this is right")]
    public void Take_WordsThatAgree_ConfirmsTheQuery(string words) => About(Query()).User(words).Does<ConfirmQuery>();

    [Theory]
    [InlineData("change something")]
    [InlineData("no, that's wrong")]
    [InlineData("Stimmt so nicht")]
    [InlineData("nein, das ist falsch")]
    public void Take_WordsThatDisagree_AsksWhatToChange(string words) => About(Query()).User(words).Does<CorrectQuery>();

    [Fact]
    public void Take_SolvedWithANumber_NamesThatArticle() =>
        About(Query("calendar-time", "outlook-slow")).User("solved it 2").Does<SolveByArticle>(action => Assert.Equal("outlook-slow", action.Article));

    [Fact]
    public void Take_NotThis_DeclinesTheFirstThatIsLeft() =>
        About(Query("calendar-time", "outlook-slow") with { Tried = ["calendar-time"] }).User("not this").Does<DeclineArticle>(action => Assert.Equal("outlook-slow", action.Article));

    [Theory]
    [InlineData("Das hat leider nicht geholfen")]
    [InlineData("hilft nicht")]
    public void Take_NotThisInGerman_DeclinesTheFirst(string words) =>
        About(Query("calendar-time")).User(words).Does<DeclineArticle>();

    [Fact]
    public void Take_SolvedInGerman_SolvesByTheFirst() => About(Query("calendar-time")).User("Das hat geholfen!").Does<SolveByArticle>();

    [Fact]
    public void Take_AnotherMatter_PassesAndWaitsOn() => About(Query()).User("by the way, the printer is jammed as well").Passes();

    [Fact]
    public void Take_QueryLoggedMeanwhile_Passes() => About(Query() with { State = TicketState.Closed }).User("yes").Passes();

    [Fact]
    public void Take_StateOfAnUnknownVersion_Ends() => Assert.True(About(Query()).Stored("""{"somethingOld":3}""", 0).User("yes").Last.Ends);

    [Fact]
    public void Take_StateThatCannotBeRead_Ends() => Assert.True(About(Query()).Stored("""[1,2]""", 1).User("yes").Last.Ends);

    private static Chat About(Ticket query) => new(new IntakeDialog(), new IntakeState(query.Id), query);

    private static Ticket Query(params string[] offered) => new()
    {
        Id = "QRY-1001",
        Type = "query",
        State = TicketState.Registered,
        Reporter = "wanda",
        Affected = "wanda",
        Channel = "local",
        Opened = DateTimeOffset.UnixEpoch,
        Offered = offered,
    };
}
