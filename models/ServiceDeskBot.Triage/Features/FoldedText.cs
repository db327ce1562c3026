using System.Globalization;
using System.Text;

namespace ServiceDeskBot.Triage.Features;

/// <summary>
/// A message in lower case, compatibility-normalised, without accents and without broken surrogates; the buffers are
/// reused from message to message. Only the first <see cref="Longest"/> characters are read: nothing that decides a
/// ticket stands later, and a pasted log must not slow the desk down.
/// </summary>
internal sealed class FoldedText
{
    public const int Longest = 8_000;

    private char[] _chars = new char[512];
    private char[] _spare = new char[512];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    public void Read(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Longest)];
        EnsureRoom(ref _chars, text.Length);
        if (Ascii.IsValid(text))
        {
            Ascii.ToLower(text, _chars, out var written);
            Length = written;
            return;
        }

        CopyWellFormed(text);
        Decompose(text.Length);
        LowerWithoutAccents();
    }

    /// <summary>Normalisation refuses text with half a surrogate pair; a space stands in for it.</summary>
    private void CopyWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                _chars[i] = c;
                _chars[i + 1] = text[++i];
                continue;
            }

            _chars[i] = c switch
            {
                '\u2019' or '\u2018' or '\u00b4' or '\u02bc' => '\'',
                _ when char.IsSurrogate(c) || c is '\ufffe' or '\uffff' => ' ',
                _ => c,
            };
        }
    }

    private void Decompose(int length)
    {
        EnsureRoom(ref _spare, length * 2);
        int written;
        while (!_chars.AsSpan(0, length).TryNormalize(_spare, out written, NormalizationForm.FormKD))
        {
            EnsureRoom(ref _spare, _spare.Length * 2);
        }

        Length = Math.Min(written, Longest);
    }

    private void LowerWithoutAccents()
    {
        EnsureRoom(ref _chars, Length);
        var kept = 0;
        for (var i = 0; i < Length; i++)
        {
            var c = _spare[i];
            if (c < 128 || CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                _chars[kept++] = char.ToLowerInvariant(c);
            }
        }

        Length = kept;
    }

    private static void EnsureRoom(ref char[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            Array.Resize(ref buffer, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
        }
    }
}
