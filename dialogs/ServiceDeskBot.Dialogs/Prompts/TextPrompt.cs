using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>The person's own words. <see cref="Least"/> letters, so that "?" is asked again; cut at nothing.</summary>
public sealed record TextPrompt(string Id, Phrase Question, Phrase Again) : Prompt<string>(Id, Question, Again)
{
    /// <summary>The fewest letters and digits of an answer. The default value is 3.</summary>
    public int Least { get; init; } = 3;

    /// <summary>What can be tapped instead; an option's value is the answer then.</summary>
    public IReadOnlyList<Option> Instead { get; init; } = [];

    public override IReadOnlyList<Option> Options => Instead;

    public override Heard<string> Read(string words, Facts facts) =>
        new ChoicePrompt(Id, Question, Again, Instead).Titled(words, facts) is { } titled ? Heard.Of(titled)
        : words.Count(char.IsLetterOrDigit) >= Least ? Heard.Of(words.Trim()) : Heard.Nothing<string>();
}
