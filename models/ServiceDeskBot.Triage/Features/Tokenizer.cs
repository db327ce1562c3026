using System.Globalization;

namespace ServiceDeskBot.Triage.Features;

/// <summary>Splits folded text into words, shapes (addresses, hosts, numbers, error codes) and telling marks.</summary>
internal sealed class Tokenizer
{
    private static readonly string[] HostEndings = [".com", ".net", ".org", ".local", ".lan", ".corp", ".io", ".de", ".internal", ".eu"];

    private Token[] _tokens = new Token[64];

    public int Count { get; private set; }

    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, Count);

    public void Split(ReadOnlySpan<char> text)
    {
        Count = 0;
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            SplitChunk(text, at, end);
            at = end;
        }
    }

    private void SplitChunk(ReadOnlySpan<char> text, int start, int end)
    {
        var length = end - start;
        while (length > 1 && text[start + length - 1] is '.' or ',' or ';' or ':' or ')' or '!' or '?' or '"' or '\'' or '>')
        {
            length--;
        }

        if (WholeChunkKind(text.Slice(start, length)) is { } kind)
        {
            Add(start, length, kind);
            start += length;
        }

        SplitWords(text, start, end);
    }

    private void SplitWords(ReadOnlySpan<char> text, int at, int end)
    {
        while (at < end)
        {
            if (IsWordPart(text[at]))
            {
                var start = at;
                while (at < end && (IsWordPart(text[at]) || JoinsWords(text, at, end)))
                {
                    at++;
                }

                Add(start, at - start, WordKind(text[start..at]));
                continue;
            }

            at += AddMark(text, at, end);
        }
    }

    private int AddMark(ReadOnlySpan<char> text, int at, int end)
    {
        var c = text[at];
        var width = char.IsHighSurrogate(c) && at + 1 < end ? 2 : 1;
        if (c is '?' or '!' || width == 2 || (c > 127 && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol or UnicodeCategory.CurrencySymbol) || c == '$')
        {
            Add(at, width, TokenKind.Mark);
        }

        return width;
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c > 127 && char.IsLetterOrDigit(c));

    /// <summary>The apostrophe of <c>can't</c>.</summary>
    private static bool JoinsWords(ReadOnlySpan<char> text, int at, int end) =>
        text[at] == '\'' && at + 1 < end && char.IsLetter(text[at + 1]) && char.IsLetter(text[at - 1]);

    private static TokenKind? WholeChunkKind(ReadOnlySpan<char> chunk)
    {
        if (chunk.StartsWith("http://", StringComparison.Ordinal) || chunk.StartsWith("https://", StringComparison.Ordinal) || chunk.StartsWith("www.", StringComparison.Ordinal))
        {
            return TokenKind.Url;
        }

        if (chunk.StartsWith(@"\\", StringComparison.Ordinal) || (chunk.Length > 3 && char.IsAsciiLetter(chunk[0]) && chunk[1] == ':' && chunk[2] == '\\'))
        {
            return TokenKind.Path;
        }

        var at = chunk.IndexOf('@');
        if (at > 0)
        {
            return chunk[at..].IndexOf('.') > 1 ? TokenKind.Email : null;
        }

        return IsHost(chunk) ? TokenKind.Host : null;
    }

    private static bool IsHost(ReadOnlySpan<char> chunk)
    {
        var dots = 0;
        var digitsOnly = true;
        for (var i = 0; i < chunk.Length; i++)
        {
            var c = chunk[i];
            if (c == '.')
            {
                if (i == 0 || chunk[i - 1] == '.')
                {
                    return false;
                }

                dots++;
            }
            else if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
            else
            {
                digitsOnly &= char.IsAsciiDigit(c);
            }
        }

        if (dots == 0 || digitsOnly)
        {
            return dots == 3;
        }

        foreach (var ending in HostEndings)
        {
            if (chunk.Length > ending.Length && chunk.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static TokenKind WordKind(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var c in word)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        if (digits == word.Length)
        {
            return TokenKind.Number;
        }

        var isCode = (word.Length >= 4 && digits >= 2) || word.StartsWith("0x", StringComparison.Ordinal) || word[1..].Contains('_');
        return isCode ? TokenKind.Code : TokenKind.Word;
    }

    private void Add(int start, int length, TokenKind kind)
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, Count * 2);
        }

        _tokens[Count++] = new Token(start, length, kind);
    }
}
