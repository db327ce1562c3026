using ServiceDeskBot.Core.Intake;
using Xunit;

namespace ServiceDeskBot.Tests.Intake;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("my password is hunter2 and it fails", "my password is ••• and it fails")]
    [InlineData("PW: Geheim!23", "PW: •••")]
    [InlineData("Passwort lautet sommer2026, bitte prüfen", "Passwort lautet •••, bitte prüfen")]
    [InlineData("card 4111 1111 1111 1111 was charged twice", "card ••• was charged twice")]
    [InlineData("use xoxb-123456789012-abcdef to post", "use ••• to post")]
    [InlineData("pin: 4711", "pin: •••")]
    public void Of_TextWithSecret_IsMaskedAndSaysSo(string text, string expected)
    {
        var (masked, found, _) = Masking.Of(text);

        Assert.Equal(expected, masked);
        Assert.True(found);
    }

    [Theory]
    [InlineData("my password expired yesterday")]
    [InlineData("the password is not accepted any more")]
    [InlineData("I forgot my password")]
    [InlineData("order 4111 1111 1111 1112 is missing")] // fails the check digit: not a card
    [InlineData("call me at 030 1234567")]
    [InlineData("the pin is wrong")]
    [InlineData("")]
    public void Of_TextThatOnlyTalksAboutSecrets_StaysAsItIs(string text)
    {
        var (masked, found, _) = Masking.Of(text);

        Assert.Equal(text, masked);
        Assert.False(found);
    }

    [Theory]
    [InlineData("I need leave since my mother has cancer", "I need leave since my mother has •••")]
    [InlineData("ich bin schwanger, wem sage ich das?", "ich bin •••, wem sage ich das?")]
    public void Of_WordsAboutHealth_AreTakenOutAndItSaysSo(string text, string expected)
    {
        var (masked, found, health) = Masking.Of(text);

        Assert.Equal((expected, false, true), (masked, found, health));
    }
}
