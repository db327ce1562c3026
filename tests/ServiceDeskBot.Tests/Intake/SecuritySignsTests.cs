using ServiceDeskBot.Core.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Intake;

public sealed class SecuritySignsTests
{
    [Theory]
    [InlineData("I think I clicked on a strange link", "phishing")]
    [InlineData("left my work phone in the taxi", "lost-device")]
    [InlineData("mein Laptop wurde gestohlen", "lost-device")]
    [InlineData("I sent the salary list to the wrong person", "leak")]
    [InlineData("all my files are encrypted", "malware")]
    [InlineData("a man called and asked for my remote access code", "phishing")]
    [InlineData("Jemand hat angerufen und wollte mein Passwort", "phishing")]
    [InlineData("the salary list went to everyone by mail", "leak")]
    [InlineData("the desk phone rings but I want a new password", null)]
    [InlineData("the customer list was sent to the printer", null)]
    [InlineData("How can I recognise a phishing mail?", null)]
    [InlineData("the link in the invite does not work", null)]
    public void In_Words_AreOfTheirKind(string words, string? kind) => Assert.Equal(kind, SecuritySigns.In(words));

    /// <summary>Every pattern is bounded, and so is the text: a hundred thousand near misses are a matter of a moment.</summary>
    [Fact]
    public void In_VeryLongTextOfNearMisses_ReadsItsBeginning()
    {
        var near = string.Concat(Enumerable.Repeat("phone clicked sent mail ", 5000));

        Assert.Null(SecuritySigns.In(near));
        Assert.Null(SecuritySigns.In(near + "my laptop was stolen"));
        Assert.Equal("lost-device", SecuritySigns.In("my laptop was stolen. " + near));
    }
}
