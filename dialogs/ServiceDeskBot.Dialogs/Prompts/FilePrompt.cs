using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>A file, such as a picture of the screen; or none.</summary>
public sealed record FilePrompt(string Id, Phrase Question, Phrase Again, Phrase None) : Prompt<IReadOnlyList<Attachment>>(Id, Question, Again)
{
    public override IReadOnlyList<Option> Options { get; } = [new Option("none", None)];

    public override Heard<IReadOnlyList<Attachment>> Read(string words, Facts facts) =>
        new ChoicePrompt(Id, Question, Again, Options).Titled(words, facts) is not null ? Heard.Of<IReadOnlyList<Attachment>>([]) : Heard.Nothing<IReadOnlyList<Attachment>>();

    protected override Heard<IReadOnlyList<Attachment>> Sent(DialogInput.Typed typed, Facts facts) =>
        typed.Files.Count > 0 ? Heard.Of(typed.Files) : base.Sent(typed, facts);
}
