using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>Somebody, by name or address. Who the desk does not know is taken as named; where two could be meant it is asked again.</summary>
public sealed record PersonPrompt(string Id, Phrase Question, Phrase Again, Phrase Myself) : Prompt<Named>(Id, Question, Again)
{
    private const string Self = "self";
    private const int MostWords = 4;

    public override IReadOnlyList<Option> Options { get; } = [new Option(Self, Myself)];

    public override Heard<Named> Read(string words, Facts facts)
    {
        if (new ChoicePrompt(Id, Question, Again, Options).Titled(words, facts) is not null)
        {
            return Heard.Of(new Named(facts.Person.Id, facts.Person.Name));
        }

        return facts.People switch
        {
            [var one] => Heard.Of(new Named(one.Id, one.Name)),
            [] when LooksLikeAName(words) => Heard.Of(new Named(null, words.Trim())),
            _ => Heard.Nothing<Named>(),
        };
    }

    private static bool LooksLikeAName(string words)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length is >= 1 and <= MostWords && parts.All(part => part.Any(char.IsLetter)) && (words.Contains('@', StringComparison.Ordinal) || parts.Any(part => char.IsUpper(part[0])));
    }
}

/// <param name="Person">Desk id; <c>null</c> for somebody the desk does not know.</param>
public sealed record Named(string? Person, string Words);
