using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>One of a few answers: tapped, its number, its title in any language, or words that only one of them has.</summary>
public sealed partial record ChoicePrompt(string Id, Phrase Question, Phrase Again, IReadOnlyList<Option> Choices) : Prompt<string>(Id, Question, Again)
{
    private static readonly string[] Languages = ["en", "de"];

    public override IReadOnlyList<Option> Options => Choices;

    public override Heard<string> Read(string words, Facts facts)
    {
        var said = words.Trim();
        if (Titled(said, facts) is { } titled)
        {
            return Heard.Of(titled);
        }

        if (Number().Match(said) is { Success: true } number && int.TryParse(number.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= Choices.Count)
        {
            return Heard.Of(Choices[n - 1].Value);
        }

        // "the mail thing" is enough where only one choice has the word.
        var heard = WordsOf(said);
        var fitting = Choices.Select(option => (option.Value, Score: Titles(option, facts).Concat(option.Words).SelectMany(WordsOf).Distinct().Count(heard.Contains))).Where(fit => fit.Score > 0).ToList();
        var best = fitting.Count == 0 ? 0 : fitting.Max(fit => fit.Score);
        return fitting.Where(fit => fit.Score == best).ToList() is [var only] ? Heard.Of(only.Value) : Heard.Nothing<string>();
    }

    /// <summary>The value whose button was tapped or whose title was typed; <c>null</c> for other words.</summary>
    internal string? Titled(string words, Facts facts) =>
        Choices.FirstOrDefault(option => string.Equals(option.Value, words.Trim(), StringComparison.OrdinalIgnoreCase) || Titles(option, facts).Any(title => Same(title, words.Trim())))?.Value;

    private static IEnumerable<string> Titles(Option option, Facts facts) => Languages.Select(language => facts.Book.Say(option.Title, new Reader(language, facts.Zone)));

    private static bool Same(string title, string said) => string.Equals(title.Trim(), said.TrimEnd('.', '!', '?', ' '), StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> WordsOf(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value).Where(word => word.Length > 1 && !Common.Contains(word))];

    private static readonly HashSet<string> Common =
        ["the", "and", "or", "is", "it", "its", "about", "to", "of", "in", "on", "for", "my", "from", "such", "as", "other", "would", "like", "you", "something", "not", "with", "und", "oder", "das", "die", "der", "es", "ist", "um", "von", "zu", "ein", "eine", "einen", "sein", "wie", "geht", "sie", "etwas", "mit"];

    [GeneratedRegex(@"^\W*((the |die |das |den |nummer |number |option )?(?<n>\d))(st|nd|rd|th|te|ste)?\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Word();
}
