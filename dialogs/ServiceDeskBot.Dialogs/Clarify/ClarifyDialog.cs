using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Clarify;

/// <summary>
/// Takes typed answers to "is this about e-mail or about Teams?", whose buttons hang on the query's own card. A sentence that
/// fits neither is more of the story: it passes, and the desk reads the whole anew.
/// </summary>
public sealed partial class ClarifyDialog : Dialog<ClarifyState>
{
    private const int LongestAnswer = 3;

    public override string Name => ClarifyQuery.Dialog;

    protected override string? TicketOf(ClarifyState state) => state.Query;

    protected override Move Take(ClarifyState state, DialogInput input, Facts facts)
    {
        if (facts.Ticket is not { IsOpen: true, Asks: { } asked } query)
        {
            return Move.Drop;
        }

        if (asked.About == SeveralMatters.About)
        {
            return Apart(state, asked, input, facts, query.Id);
        }

        if (asked is { About: SameAgain.About, Candidates: [var again] })
        {
            return Same(state, again, input, facts, query.Id);
        }

        if (input is DialogInput.Typed typed && NeitherWords().IsMatch(typed.Text))
        {
            return Move.Do(new ClarifyQuery(Clarification.Neither), query.Id);
        }

        var prompt = new ChoicePrompt(
            "about",
            Phrase.Key($"clarify.{asked.About}", ("options", asked.Choices)),
            Phrase.Key("clarify.again", ("options", asked.Choices)),
            [
                .. asked.Candidates.Select(label => new Option(label, asked.TitleOf(label)) { Words = Terms(label, facts.Desk) }),
                new Option(Clarification.Neither, Phrase.Key("button.neither")),
            ]);
        var move = prompt.Take(Asking.About(state, "clarify", query.Id), input, facts, label => Move.Do(new ClarifyQuery(label), query.Id));
        return move.NotUnderstood && input is DialogInput.Typed { Text: var text } && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > LongestAnswer ? Move.Pass : move;
    }

    /// <summary>"I see two things": a sentence of another kind is more of the story.</summary>
    private static Move Apart(ClarifyState state, Clarification asked, DialogInput input, Facts facts, string query)
    {
        var prompt = new ChoicePrompt(
            "parts",
            Phrase.Key("split.ask"),
            Phrase.Key("split.again"),
            [
                new Option(SplitQuery.All, Phrase.Key(asked.Candidates.Count == 2 ? "button.both-right" : "button.all-right")) { Words = ["yes", "both", "all", "right", "correct", "ja", "beide", "beides", "alle", "stimmt"] },
                new Option(SplitQuery.EachAlone, Phrase.Key("button.one-by-one")) { Words = ["each", "separately", "einzeln", "nacheinander"] },
                new Option(SplitQuery.Together, Phrase.Key("button.one-thing")) { Words = ["together", "same", "no", "nein", "zusammen", "dasselbe"] },
            ]);
        var move = prompt.Take(Asking.About(state, "split", query), input, facts, how => Move.Do(new SplitQuery(how), query));
        return move.NotUnderstood && input is DialogInput.Typed { Text: var text } && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > LongestAnswer ? Move.Pass : move;
    }

    /// <summary>"Is this INC-1002 again?": a sentence is more of the story.</summary>
    private static Move Same(ClarifyState state, string again, DialogInput input, Facts facts, string query)
    {
        var prompt = new ChoicePrompt(
            "again",
            Phrase.Key("again.ask"),
            Phrase.Key("again.again", ("ticket", again)),
            [
                new Option(again, Phrase.Key("button.again", ("ticket", again))) { Words = ["yes", "same", "again", "add", "correct", "ja", "dasselbe", "wieder", "dazu", "stimmt"] },
                new Option(Clarification.Neither, Phrase.Key("button.not-again")) { Words = ["no", "new", "else", "different", "other", "another", "nein", "neu", "anderes", "andere"] },
            ]);
        var move = prompt.Take(Asking.About(state, "clarify", query), input, facts, value => Move.Do(new ClarifyQuery(value), query));
        return move.NotUnderstood && input is DialogInput.Typed { Text: var text } && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > LongestAnswer ? Move.Pass : move;
    }

    /// <summary>What people call the things of a category.</summary>
    private static IReadOnlyList<string> Terms(string category, DeskContent desk) =>
        [.. desk.Services.Where(service => service.Category == category).SelectMany(service => service.Terms)];

    [GeneratedRegex(@"^\W*(neither|none( of (them|these|those))?|no|nope|something else|i (do not|don'?t) know|don'?t know|not sure|no idea|nothing of that|nichts davon|keins( davon)?|keine(s|r)? von beiden|weder noch|etwas anderes|wei(ß|ss) (ich )?nicht|nein)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex NeitherWords();
}
