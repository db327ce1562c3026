using ServiceDeskBot.Triage.Features;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Features;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("I can't log in!", "i:Word can't:Word log:Word in:Word !:Mark")]
    [InlineData("error 0x80070005 or ERR_CONNECTION_RESET", "error:Word 0x80070005:Code or:Word err_connection_reset:Code")]
    [InlineData("mail ada@example.com, see https://x.example/a?b=c.", "mail:Word ada@example.com:Email see:Word https://x.example/a?b=c:Url")]
    [InlineData("srv01.corp.local and 10.0.0.1 down", "srv01.corp.local:Host and:Word 10.0.0.1:Host down:Word")]
    [InlineData(@"\\files\team is gone", @"\\files\team:Path is:Word gone:Word")]
    [InlineData("room 365 call 5551234", "room:Word 365:Number call:Word 5551234:Number")]
    [InlineData("Drücker ﬁle Ｗｉｆｉ", "drucker:Word file:Word wifi:Word")]
    [InlineData("broken 🔥🔥", "broken:Word 🔥:Mark 🔥:Mark")]
    public void Split_Text_FindsWordsAndShapes(string text, string expected)
    {
        var folded = new FoldedText();
        var tokenizer = new Tokenizer();
        folded.Read(text);
        tokenizer.Split(folded.Chars);
        var found = new List<string>();
        foreach (var (start, length, kind) in tokenizer.Tokens)
        {
            found.Add($"{folded.Chars.Slice(start, length)}:{kind}");
        }

        Assert.Equal(expected, string.Join(' ', found));
    }
}
