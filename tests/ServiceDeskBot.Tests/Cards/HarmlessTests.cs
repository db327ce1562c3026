using ServiceDeskBot.Cards;
using Xunit;

namespace ServiceDeskBot.Tests.Cards;

public sealed class HarmlessTests
{
    [Theory]
    [InlineData("a\u0000b\u001B[31mc", "ab[31mc")]
    [InlineData("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("a\u200B\u200B\u200B\u2060b", "a\u200Bb")]
    [InlineData("👩‍👩‍👧‍👦 Größe 42 → שלום", "👩‍👩‍👧‍👦 Größe 42 → שלום")]
    public void Clean_Text_KeepsWritingOnly(string text, string expected) => Assert.Equal(expected, Harmless.Clean(text));

    [Fact]
    public void Clean_LoneSurrogate_BecomesTheReplacementCharacter() => Assert.Equal("a\uFFFDb", Harmless.Clean("a\uD800b"));

    [Fact]
    public void Clean_StackedMarks_AreLimited() => Assert.Equal(1 + 8, Harmless.Clean("e" + new string('\u0301', 50)).Length);
}
