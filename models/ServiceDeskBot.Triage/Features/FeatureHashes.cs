namespace ServiceDeskBot.Triage.Features;

/// <summary>
/// Turns a message into hashes of its word 1-2-grams (words first) and its character 2-5-grams within words.
/// Holds the buffers of one reader; not for concurrent use.
/// </summary>
internal sealed class FeatureHashes
{
    private const ulong UnigramSeed = 0x9E3779B97F4A7C15;
    private const ulong BigramSeed = 0xC2B2AE3D27D4EB4F;
    private const ulong CharSeed = 0x165667B19E3779F9;
    private const ulong ShapeSeed = 0x27D4EB2F165667C5;
    private const ulong Prime = 0x100000001B3;
    private const int PairOfLetters = 2;
    private const int ShortestGram = 3;
    private const int LongestGram = 5;
    private const int LongestWordInGrams = 40;

    private readonly FoldedText _folded = new();
    private readonly Tokenizer _tokenizer = new();
    private uint[] _hashes = new uint[1024];
    private int[] _tokenOf = new int[1024];

    public int Count { get; private set; }

    /// <summary>How many of the hashes, counted from the first, belong to words.</summary>
    public int WordCount { get; private set; }

    /// <summary>How many of the hashes, counted from the first, are single tokens.</summary>
    public int UnigramCount { get; private set; }

    /// <summary>
    /// Where the hashes of character 3-5-grams begin. Pairs of letters lie before them: they survive typing errors, but
    /// every text of the alphabet holds known ones, so they say nothing about how familiar a message is.
    /// </summary>
    public int LongGramStart { get; private set; }

    public ReadOnlySpan<uint> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>For each hash the token it came from; of a pair the first.</summary>
    public ReadOnlySpan<int> TokenOf => _tokenOf.AsSpan(0, Count);

    public ReadOnlySpan<Token> Tokens => _tokenizer.Tokens;

    public ReadOnlySpan<char> Chars => _folded.Chars;

    public void Read(ReadOnlySpan<char> text)
    {
        _folded.Read(text);
        _tokenizer.Split(_folded.Chars);
        Count = 0;
        AddUnigrams();
        UnigramCount = Count;
        AddBigrams();
        WordCount = Count;
        AddCharacterGrams(PairOfLetters, PairOfLetters);
        LongGramStart = Count;
        AddCharacterGrams(ShortestGram, LongestGram);
    }

    public string TextOf(int token)
    {
        var (start, length, _) = Tokens[token];
        return Chars.Slice(start, length).ToString();
    }

    private void AddUnigrams()
    {
        var tokens = Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            Add(Finish(WordHash(tokens[i], UnigramSeed)), i);
            if (HasShape(tokens[i].Kind))
            {
                Add(Finish(ShapeHash(tokens[i])), i);
            }
        }
    }

    /// <summary>Pairs of neighbours, where a number or code stands as its shape; the ends of the message count as neighbours.</summary>
    private void AddBigrams()
    {
        const ulong edge = 7;
        var tokens = Tokens;
        var previous = edge;
        var previousToken = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind == TokenKind.Mark)
            {
                continue;
            }

            var identity = HasShape(tokens[i].Kind) ? ShapeHash(tokens[i]) : WordHash(tokens[i], UnigramSeed);
            Add(Pair(previous, identity), Math.Max(previousToken, 0));
            previous = identity;
            previousToken = i;
        }

        if (previousToken >= 0)
        {
            Add(Pair(previous, edge), previousToken);
        }
    }

    private void AddCharacterGrams(int shortest, int longest)
    {
        var tokens = Tokens;
        Span<char> padded = stackalloc char[LongestWordInGrams + 2];
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is not (TokenKind.Word or TokenKind.Code or TokenKind.Number))
            {
                continue;
            }

            var length = Math.Min(tokens[i].Length, LongestWordInGrams);
            padded[0] = ' ';
            Chars.Slice(tokens[i].Start, length).CopyTo(padded[1..]);
            padded[length + 1] = ' ';
            AddGramsOf(padded[..(length + 2)], i, shortest, longest);
        }
    }

    private void AddGramsOf(ReadOnlySpan<char> padded, int token, int shortest, int longest)
    {
        for (var start = 0; start + shortest <= padded.Length; start++)
        {
            var hash = CharSeed;
            var last = Math.Min(longest, padded.Length - start);
            for (var i = 0; i < last; i++)
            {
                hash = (hash ^ padded[start + i]) * Prime;
                if (i + 1 >= shortest)
                {
                    Add(Finish(hash ^ ((ulong)i << 56)), token);
                }
            }
        }
    }

    private static bool HasShape(TokenKind kind) => kind is not (TokenKind.Word or TokenKind.Mark);

    private ulong WordHash(Token token, ulong seed)
    {
        var hash = seed;
        foreach (var c in Chars.Slice(token.Start, token.Length))
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    /// <summary>Numbers keep their magnitude: a room is not a phone number.</summary>
    private static ulong ShapeHash(Token token)
    {
        var size = token.Kind == TokenKind.Number ? Math.Min(token.Length, 6) : 0;
        return (ShapeSeed ^ ((ulong)token.Kind << 8) ^ (ulong)size) * Prime;
    }

    private static uint Pair(ulong first, ulong second) => Finish((((BigramSeed ^ first) * Prime) ^ second) * Prime);

    private static uint Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return (uint)(hash >> 32);
    }

    private void Add(uint hash, int token)
    {
        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _tokenOf, Count * 2);
        }

        _hashes[Count] = hash;
        _tokenOf[Count++] = token;
    }
}
