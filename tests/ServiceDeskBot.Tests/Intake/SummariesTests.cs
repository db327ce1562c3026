using ServiceDeskBot.Core.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Intake;

public sealed class SummariesTests
{
    [Theory]
    [InlineData("my laptop is slow", "my laptop is slow")]
    [InlineData("\n  my laptop is slow\n", "my laptop is slow")]
    [InlineData("my laptop is slow\nsince the update", "my laptop is slow…")]
    [InlineData("my laptop is slow…\nsince the update", "my laptop is slow…")]
    [InlineData("Good morning! When I log in I get an error", "When I log in I get an error")]
    [InlineData("Hi team,\n\nthe printer is jammed", "the printer is jammed")]
    [InlineData("Hallo zusammen, der Drucker klemmt", "der Drucker klemmt")]
    [InlineData("Hello!", "Hello!")]
    [InlineData("Hi all the printers are down, help", "Hi all the printers are down, help")]
    [InlineData("", "")]
    public void Of_Text_IsItsFirstLineThatSaysSomething(string text, string line) => Assert.Equal(line, Summaries.Of(text));

    [Fact]
    public void Of_LongLine_IsCutAtAWord()
    {
        var line = Summaries.Of(string.Join(' ', Enumerable.Repeat("scanner", 40)));

        Assert.EndsWith("scanner…", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 100, 120);
    }

    [Fact]
    public void Of_LongLineWithoutSpaces_NeverSplitsACharacter() =>
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(Summaries.Of(string.Concat(Enumerable.Repeat("😀", 100))))));
}
