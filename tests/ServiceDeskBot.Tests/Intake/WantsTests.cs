using ServiceDeskBot.Core.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Intake;

public sealed class WantsTests
{
    [Theory]
    [InlineData("we need a mailing list for the fair", "mailing list")]
    [InlineData("I'd like to order a new, light laptop", "laptop")]
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
}
