using System.Globalization;
using System.Text;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>A stretch of text without markup; where <paramref name="Moment"/> is set, the text is that moment written out.</summary>
internal readonly record struct Stretch(string Text, Moment? Moment);

/// <summary>What a phrase says in the reader's language, before any platform's markup: harmless words and moments, in order.</summary>
internal sealed class Wording(params Stretch[] stretches)
{
    // A word longer than this is broken inside.
    private const int LongestWord = 40;

    public Stretch[] Stretches { get; } = stretches;

    /// <summary>Everything as text, moments written out.</summary>
    public string Plain { get; } = stretches is [var only] ? only.Text : string.Concat(stretches.Select(stretch => stretch.Text));

    public int Length => Plain.Length;

    public bool HasMoment => Array.Exists(Stretches, stretch => stretch.Moment is not null);

    public bool IsBlank
    {
        get
        {
            foreach (var letter in Plain)
            {
                if (!char.IsWhiteSpace(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Pieces of at most <paramref name="limit"/> as <paramref name="measure"/> counts, broken between words where possible.</summary>
    public IEnumerable<Wording> Split(int limit, Func<Stretch, int> measure)
    {
        List<Stretch> piece = [];
        var used = 0;
        foreach (var word in Words())
        {
            var size = measure(word);
            if (used + size > limit && piece.Count > 0)
            {
                yield return Joined(piece);
                piece = [];
                used = 0;
            }

            piece.Add(word);
            used += size;
        }

        if (piece.Count > 0)
        {
            yield return Joined(piece);
        }
    }

    /// <summary>The beginning, with <paramref name="mark"/> after it, at most <paramref name="limit"/> long; the same wording where it is short enough.</summary>
    public Wording Cut(int limit, string mark)
    {
        if (Length <= limit)
        {
            return this;
        }

        var beginning = Split(Math.Max(1, limit - mark.Length), stretch => stretch.Text.Length).First().Stretches;
        var last = beginning[^1];
        return Joined([.. beginning.SkipLast(1), last with { Text = last.Text.TrimEnd() }, new Stretch(mark, null)]);
    }

    private static Wording Joined(IEnumerable<Stretch> stretches)
    {
        List<Stretch> joined = [];
        var words = new StringBuilder();
        foreach (var stretch in stretches)
        {
            if (stretch.Moment is null)
            {
                words.Append(stretch.Text);
                continue;
            }

            Flush();
            joined.Add(stretch);
        }

        Flush();
        return new Wording([.. joined]);

        void Flush()
        {
            if (words.Length > 0)
            {
                joined.Add(new Stretch(words.ToString(), null));
                words.Clear();
            }
        }
    }

    /// <summary>Words with the space after them; overlong ones letter by letter, never inside a letter.</summary>
    private IEnumerable<Stretch> Words()
    {
        foreach (var stretch in Stretches)
        {
            if (stretch.Moment is not null)
            {
                yield return stretch;
                continue;
            }

            var from = 0;
            for (var i = 1; i <= stretch.Text.Length; i++)
            {
                if (i == stretch.Text.Length || (char.IsWhiteSpace(stretch.Text[i - 1]) && !char.IsWhiteSpace(stretch.Text[i])))
                {
                    foreach (var part in Letters(stretch.Text[from..i]))
                    {
                        yield return new Stretch(part, null);
                    }

                    from = i;
                }
            }
        }
    }

    private static IEnumerable<string> Letters(string word)
    {
        if (word.Length <= LongestWord)
        {
            yield return word;
            yield break;
        }

        for (var i = 0; i < word.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(word, i);

            // Some "letters" have no end (emoji joined without limit): those are broken between code points.
            length = length <= LongestWord ? length : char.IsSurrogatePair(word, i) ? 2 : 1;
            yield return word.Substring(i, length);
            i += length;
        }
    }
}

/// <summary>Says phrases to one reader.</summary>
internal sealed class Speaker(Phrasebook phrasebook, Reader reader)
{
    // Cleaned words hold no control characters, so these two stand for a moment and nothing else.
    private const char MomentFrom = '\u0001';
    private const char MomentTo = '\u0002';
    private const string Mark = "\u0001\u0002";

    // More than most cards say.
    private const int ManyPhrases = 31;

    // Fitting a card says the same phrases several times.
    private readonly Dictionary<Phrase, Wording> _said = new(ManyPhrases, ReferenceEqualityComparer.Instance);

    // Of the phrase that is being said.
    private readonly List<(Moment Moment, string Written)> _moments = [];
    private Func<Moment, string, string>? _remember;

    public Reader Reader { get; } = reader;

    public Wording Say(Phrase phrase)
    {
        if (!_said.TryGetValue(phrase, out var wording))
        {
            wording = Render(phrase);
            _said.Add(phrase, wording);
        }

        return wording;
    }

    /// <summary>As text, moments written out.</summary>
    public string Plain(Phrase phrase) => Say(phrase).Plain;

    /// <summary>For places that hold one short line: a button, an option, a title. A blank becomes a dash, since platforms refuse empty labels.</summary>
    public string Label(Phrase phrase, int limit)
    {
        var wording = Say(phrase);
        return wording.IsBlank ? "–" : wording.Cut(limit, "…").Plain.ReplaceLineEndings(" ").Trim();
    }

    public string Own(string key) => Plain(Phrase.Key(key));

    private Wording Render(Phrase phrase)
    {
        _moments.Clear();
        var text = phrasebook.Say(phrase, Reader, _remember ??= Remember, Harmless.Clean);
        if (_moments.Count == 0)
        {
            return text.Length == 0 ? new Wording() : new Wording(new Stretch(text, null));
        }

        List<Stretch> stretches = [];
        var from = 0;
        foreach (var (moment, written) in _moments)
        {
            var at = text.IndexOf(MomentFrom, from);
            if (at > from)
            {
                stretches.Add(new Stretch(text[from..at], null));
            }

            stretches.Add(new Stretch(written, moment));
            from = text.IndexOf(MomentTo, at) + 1;
        }

        if (from < text.Length)
        {
            stretches.Add(new Stretch(text[from..], null));
        }

        return new Wording([.. stretches]);
    }

    private string Remember(Moment moment, string written)
    {
        _moments.Add((moment, written));
        return Mark;
    }
}
