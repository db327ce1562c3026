using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>A day or a moment to come, in natural words: "tomorrow at 3pm", "nächsten Dienstag", "in 2 hours", "24.12.". A past one is asked again.</summary>
public sealed record MomentPrompt(string Id, Phrase Question, Phrase Again, Phrase None) : Prompt<DateTimeOffset?>(Id, Question, Again)
{
    private const string NoMoment = "none";

    public override IReadOnlyList<Option> Options { get; } = [new Option(NoMoment, None)];

    public override Heard<DateTimeOffset?> Read(string words, Facts facts)
    {
        if (new ChoicePrompt(Id, Question, Again, Options).Titled(words, facts) is not null)
        {
            return Heard.Of<DateTimeOffset?>(null);
        }

        return NaturalMoments.In(words, facts.Now, facts.Zone) is { } moment && moment > facts.Now ? Heard.Of<DateTimeOffset?>(moment) : Heard.Nothing<DateTimeOffset?>();
    }
}
