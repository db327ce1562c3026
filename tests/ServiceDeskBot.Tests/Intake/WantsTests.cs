using ServiceDeskBot.Core.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Intake;

public sealed class WantsTests
{
    [Theory]
    [InlineData("we need a mailing list for the fair", "mailing list")]
    [InlineData("I'd like to order a new light laptop", "laptop")]
    [InlineData("Ich hätte gern ein Diensthandy", "diensthandy")]
    [InlineData("our technician needs a company phone", "company phone")]
    public void Outright_TheThingItself_IsWanted(string words, string term) => Assert.True(Wants.Outright(words, term));

    [Theory]
    [InlineData("I need a mouse for my computer", "computer")]
    [InlineData("we want a new bag, the laptop is fine", "laptop")]
    [InlineData("I need a laptop bag", "laptop")]
    [InlineData("the mailing list is wrong", "mailing list")]
    [InlineData("please install Python on the laptop", "laptop")]
    [InlineData("I need help with the work phone", "work phone")]
    [InlineData("ich brauche eine Hülle für das Diensthandy", "diensthandy")]
    public void Outright_AnotherThing_IsNot(string words, string term) => Assert.False(Wants.Outright(words, term));

    [Theory]
    [InlineData("mine is old, could I have a laptop for travelling?", Mention.Itself)]
    [InlineData("a charger for my laptop, and that the laptop is replaced", Mention.Itself)]
    [InlineData("could I get a docking station for my laptop", Mention.Aside)]
    [InlineData("I need a laptop bag", Mention.Aside)]
    [InlineData("Ich brauche ein Kabel für meinen neuen Laptop", Mention.Aside)]
    [InlineData("a second screen for my new desk", Mention.None)]
    public void Mentioned_OfALaptop_TellsHow(string words, Mention expected) => Assert.Equal(expected, Wants.Mentioned(words, ["New laptop"]));
}
