using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Dialogs.Survey;
using Xunit;

namespace ServiceDeskBot.Tests.Dialogs;

public sealed class SurveyDialogTests
{
    private readonly Chat _chat = new(new SurveyDialog(), new SurveyState("INC-1002"));

    [Fact]
    public void Take_ThreeTapsAndAComment_SendsThemWithTheName() => _chat
        .Taps("function", "yes").Bot("How was it for you?")
        .Taps("feeling", "4").Bot("Did you get what you needed?")
        .Taps("need", "partly").Bot("Anything you would like to add?")
        .Taps("send", "named", " Ada was quick ")
        .Does<AnswerSurvey>(answer =>
        {
            Assert.True(answer.Named);
            Assert.Equal(new Scores("yes", 4, "partly", "Ada was quick"), answer.Scores);
        })
        .Bot("Thank you! The people who run the desk read this, and may write back to you.");

    [Fact]
    public void Take_TypedAnswers_DoTheSame() => _chat
        .User("yes").Bot("How was it for you?")
        .User("5").Bot("Did you get what you needed?")
        .User("No").Bot("Anything you would like to add?")
        .User("anonymous: too slow")
        .Does<AnswerSurvey>(answer =>
        {
            Assert.False(answer.Named);
            Assert.Equal("too slow", answer.Scores!.Comment);
        })
        .Bot("Thank you! It was kept without your name.");

    [Fact]
    public void Take_SkipAtAnyStep_EndsWithoutScores() => _chat
        .Taps("function", "yes")
        .Taps("skip", "skip").Does<AnswerSurvey>(answer => Assert.Null(answer.Scores)).Bot("No problem. Have a good day!");

    [Fact]
    public void Take_AnotherMatterTyped_Passes() => _chat.User("my laptop is on fire").Passes();

    [Fact]
    public void Take_ForgedScore_AsksAgain() => _chat
        .Taps("function", "yes")
        .Taps("feeling", "99").Bot("How was it for you?");

    [Fact]
    public void Take_SendBeforeAllAreAnswered_AsksWhatIsMissing() => _chat
        .Taps("send", "named", "hello").Bot("One quick question about INC-1002: did it work?");

    [Fact]
    public void Take_TapOnAnOldStep_AsksThePresentOne() => _chat
        .Taps("function", "yes")
        .Taps("function", "no").Bot("How was it for you?");
}
