using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Script;

/// <summary>
/// The questions of a category's script, one at a time, after the incident is logged. Each answer is kept on the ticket at
/// once. What is longer than an answer is more of the story: it passes and reaches the ticket as any message does.
/// </summary>
public sealed class ScriptDialog : Dialog<ScriptState>
{
    private const string Skip = "skip";
    private const string Other = "other";
    private const string NotKnownYet = "unknown";
    private const int LongestChoice = 3;
    private const int LongestSentence = 4;
    private const int LongestText = 120;

    public override string Name => ScriptState.Dialog;

    public override string? Action => ScriptState.Dialog;

    protected override string? TicketOf(ScriptState state) => state.Ticket;

    protected override Move Take(ScriptState state, DialogInput input, Facts facts)
    {
        if (facts.Ticket is not { IsOpen: true, State: not TicketState.Resolved } ticket || facts.Desk.Script(state.Script) is not { } script || script.Next(state.Answers, ticket.Shown) is not { } step)
        {
            return Move.Drop;
        }

        if (ticket.State == TicketState.WaitingUser && input is DialogInput.Typed)
        {
            // Somebody who works on it waits for these words.
            return Move.Drop;
        }

        if (step.Options.Count + (step.From is null ? 0 : 1) > 0 && input is DialogInput.Typed { Text: var said } && WordsIn(said) > LongestSentence)
        {
            return Move.Pass;
        }

        if (step.Article is null && input is DialogInput.Typed { Files.Count: 0 } unknown && NotKnown.In(unknown.Text))
        {
            return Answered(script, step, state, NotKnownYet, null, facts);
        }

        var asking = Asking.About(state, ScriptState.Dialog, ticket.Id);
        return step.Article is { } id ? Try(script, id, asking, input, facts)
            : step.From == "devices" && facts.Desk.DevicesOf(ticket.Affected) is { Count: > 1 } devices ? Device(script, step, devices, asking, input, facts)
            : step.File ? File(script, step, asking, input, facts)
            : step.Options.Count > 0 ? Choose(script, step, asking, input, facts)
            : Words(script, step, asking, input, facts);
    }

    private Move Try(CategoryScript script, string id, Asking<ScriptState> asking, DialogInput input, Facts facts)
    {
        if (facts.Desk.Article(id) is not { Audience: "user" } article)
        {
            return Move.Drop;
        }

        var steps = new Listing([.. article.Steps.Select((step, i) => (Phrase)$"{i + 1}. {step}")], "\n");
        var prompt = new ConfirmPrompt($"try-{id}", Phrase.Key("script.try", ("title", article.Title), ("steps", steps)), Phrase.Key("script.try-again"), Phrase.Key("script.helped"), Phrase.Key("script.not-helped"));
        return OrMore(prompt.Take(asking, input, facts, helped => helped
            ? Move.Do(new TryArticle(id, Helped: true), asking.State.Ticket, Card.Of(Phrase.Key("script.fixed", ("ticket", asking.State.Ticket))))
            : Go(script, asking.State, new TryArticle(id, Helped: false), facts with { Ticket = facts.Ticket! with { Tried = [.. facts.Ticket.Tried, id] } })), input, LongestChoice);
    }

    private Move Choose(CategoryScript script, ScriptStep step, Asking<ScriptState> asking, DialogInput input, Facts facts)
    {
        var prompt = new ChoicePrompt(
            step.Id,
            step.Question!,
            Again(step),
            [.. step.Options.Select(option => new Option(option.Id, option.Title) { Words = option.Words }), Skipping]);
        return OrMore(prompt.Take(asking, input, facts, value => Answered(script, step, asking.State, value, step.Options.FirstOrDefault(option => option.Id == value)?.Title.En, facts)), input, LongestChoice);
    }

    private Move Device(CategoryScript script, ScriptStep step, IReadOnlyList<string> devices, Asking<ScriptState> asking, DialogInput input, Facts facts)
    {
        var prompt = new ChoicePrompt(step.Id, step.Question!, Again(step), [.. devices.Select(device => new Option(device, device)), new Option(Other, Phrase.Key("script.other")), Skipping]);
        return OrMore(prompt.Take(asking, input, facts, value => Answered(script, step, asking.State, value, value == Other ? "another device" : value, facts)), input, LongestChoice);
    }

    private Move File(CategoryScript script, ScriptStep step, Asking<ScriptState> asking, DialogInput input, Facts facts)
    {
        var prompt = new FilePrompt(step.Id, step.Question!, Again(step), Skipping.Title);
        return OrMore(prompt.Take(asking, input, facts, files => files.Count == 0
            ? Answered(script, step, asking.State, Skip, null, facts)
            : Go(script, With(asking.State, step, "sent"), new AddMessage((input as DialogInput.Typed)?.Text ?? "", null, files), facts)), input, LongestChoice);
    }

    private Move Words(CategoryScript script, ScriptStep step, Asking<ScriptState> asking, DialogInput input, Facts facts)
    {
        if (input is DialogInput.Typed { Text: var text } && (text.Length > LongestText || text.Contains('\n', StringComparison.Ordinal)))
        {
            return Move.Pass;
        }

        var prompt = new TextPrompt(step.Id, step.Question!, Again(step)) { Least = 2, Instead = [new Option(NotKnownYet, Phrase.Key("button.not-known-yet")), Skipping] };
        return prompt.Take(asking, input, facts, words => Answered(script, step, asking.State, words, words, facts) with { AnyWords = input is DialogInput.Typed && words is not (Skip or NotKnownYet) });
    }

    private Move Answered(CategoryScript script, ScriptStep step, ScriptState state, string value, string? shown, Facts facts)
    {
        TicketAction? answer = value switch
        {
            Skip => null,
            NotKnownYet => new LeaveUnknown(script.Id, step.Id),
            _ => new AnswerScript(script.Id, step.Id, shown ?? value),
        };
        return Go(script, With(state, step, value is Skip or NotKnownYet ? "" : value), answer, facts);
    }

    /// <summary>Does what the answer means and asks the next question, if there is one.</summary>
    private Move Go(CategoryScript script, ScriptState state, TicketAction? action, Facts facts)
    {
        var more = script.Next(state.Answers, facts.Ticket!.Shown) is not null;
        var says = more ? Take(state, new DialogInput.Resumed(), facts).Says : Card.Of(Phrase.Key("script.thanks", ("ticket", state.Ticket), ("team", facts.Desk.Team(facts.Ticket.Team)?.Name ?? "")));
        return action is null
            ? more ? Move.Ask(state, says!) : Move.Finish(says!)
            : more ? Move.DoAndStay(state, action, state.Ticket) with { Says = says } : Move.Do(action, state.Ticket, says);
    }

    private static ScriptState With(ScriptState state, ScriptStep step, string value) =>
        state with { Answers = new Dictionary<string, string>(state.Answers, StringComparer.Ordinal) { [step.Id] = value } };

    private static Move OrMore(Move move, DialogInput input, int longest) =>
        move.NotUnderstood && input is DialogInput.Typed { Text: var text } && WordsIn(text) > longest ? Move.Pass : move;

    private static int WordsIn(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private static Phrase Again(ScriptStep step) => Phrase.Key("script.again", ("question", step.Question!));

    private static Option Skipping { get; } = new(Skip, Phrase.Key("button.skip"));
}
