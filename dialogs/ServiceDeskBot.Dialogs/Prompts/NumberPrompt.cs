using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>A whole number from <see cref="Least"/> to <see cref="Most"/>, in digits or in words: each up to twelve, and the round ones that people say up to a hundred.</summary>
public sealed partial record NumberPrompt(string Id, Phrase Question, Phrase Again, int Least, int Most) : Prompt<int>(Id, Question, Again)
{
    /// <summary>Numbers that can be tapped, with what the buttons say.</summary>
    public IReadOnlyList<Option> Usual { get; init; } = [];

    public override IReadOnlyList<Option> Options => Usual;

    public override Heard<int> Read(string words, Facts facts)
    {
        var said = new ChoicePrompt(Id, Question, Again, Usual).Titled(words, facts) ?? words;
        var n = Digits().Match(said) is { Success: true } digits && int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Named(said);
        return n is { } value && value >= Least && value <= Most ? Heard.Of(value) : Heard.Nothing<int>();
    }

    private static int? Named(string words)
    {
        foreach (Match word in Letters().Matches(words.ToLowerInvariant()))
        {
            if (Words.TryGetValue(word.Value, out var number))
            {
                return number;
            }
        }

        return null;
    }

    private static readonly Dictionary<string, int> Words = new(StringComparer.Ordinal)
    {
        ["none"] = 0,
        ["nobody"] = 0,
        ["niemand"] = 0,
        ["one"] = 1,
        ["me"] = 1,
        ["eine"] = 1,
        ["einer"] = 1,
        ["ich"] = 1,
        ["two"] = 2,
        ["both"] = 2,
        ["zwei"] = 2,
        ["beide"] = 2,
        ["three"] = 3,
        ["drei"] = 3,
        ["four"] = 4,
        ["vier"] = 4,
        ["five"] = 5,
        ["fünf"] = 5,
        ["six"] = 6,
        ["sechs"] = 6,
        ["seven"] = 7,
        ["sieben"] = 7,
        ["eight"] = 8,
        ["acht"] = 8,
        ["nine"] = 9,
        ["neun"] = 9,
        ["ten"] = 10,
        ["zehn"] = 10,
        ["eleven"] = 11,
        ["elf"] = 11,
        ["twelve"] = 12,
        ["zwölf"] = 12,
        ["fifteen"] = 15,
        ["fünfzehn"] = 15,
        ["twenty"] = 20,
        ["zwanzig"] = 20,
        ["thirty"] = 30,
        ["dreißig"] = 30,
        ["forty"] = 40,
        ["vierzig"] = 40,
        ["fifty"] = 50,
        ["fünfzig"] = 50,
        ["hundred"] = 100,
        ["hundert"] = 100,
        ["dozen"] = 12,
        ["dutzend"] = 12,
    };

    [GeneratedRegex(@"\d{1,9}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Letters();
}
