using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>Yes or no, in the words in which people say it; a "yes, but" is neither.</summary>
public sealed partial record ConfirmPrompt(string Id, Phrase Question, Phrase Again, Phrase Yes, Phrase No) : Prompt<bool>(Id, Question, Again)
{
    public override IReadOnlyList<Option> Options { get; } = [new Option("yes", Yes), new Option("no", No)];

    public override Heard<bool> Read(string words, Facts facts)
    {
        var titled = new ChoicePrompt(Id, Question, Again, Options).Titled(words, facts);
        return titled is not null ? Heard.Of(titled == "yes")
            : But().IsMatch(words) ? Heard.Nothing<bool>()
            : YesWords().IsMatch(words) ? Heard.Of(true)
            : NoWords().IsMatch(words) ? Heard.Of(false)
            : Heard.Nothing<bool>();
    }

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(but|except|only|aber|nur|außer)\b", Quick, 2000)]
    private static partial Regex But();

    [GeneratedRegex(@"^\W*(yes|yep|yeah|yup|sure|ok(ay)?|please do|do it|correct|right|exactly|of course|it (did|does|works|helped)|(that |it )?(worked|helped|works)|ja|jep|klar|genau|gerne?|stimmt|mach das|geht( wieder)?|hat geholfen)\b", Quick, 2000)]
    private static partial Regex YesWords();

    [GeneratedRegex(@"^\W*(no|nope|nah|not (really|yet|at all)|don'?t|do not|keep it|it (did|does) ?n[o']t|(that |it )?(did|does)n'?t|nein|nö|nicht|lieber nicht|hat nicht|geht (immer noch )?nicht)\b", Quick, 2000)]
    private static partial Regex NoWords();
}
