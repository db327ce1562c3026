using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Dialogs.Prompts;

/// <summary>A question with a rule for what counts as an answer, and the words for when something else was said.</summary>
/// <param name="Id">Names the step; buttons carry it, so that a tap on an older question is recognised. Never renamed.</param>
/// <param name="Again">Says what is allowed, after an answer that was not understood.</param>
public abstract record Prompt<T>(string Id, Phrase Question, Phrase Again)
{
    /// <summary>What can be pressed; each is understood when it is typed as well.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>The answer in the input, if there is one.</summary>
    public abstract Heard<T> Read(string words, Facts facts);

    /// <summary>Asks, or asks again, or goes on with the answer.</summary>
    /// <param name="then">What comes after an answer.</param>
    public Move Take<TState>(Asking<TState> asking, DialogInput input, Facts facts, Func<T, Move> then)
    {
        var heard = input switch
        {
            DialogInput.Typed typed => Sent(typed, facts),
            DialogInput.Tapped tapped when tapped.Data.GetValueOrDefault("question") == Id => Read(tapped.Data.GetValueOrDefault("value") ?? "", facts),
            // A tap on an older question: the present one is asked, nothing is held against the person.
            _ => null,
        };
        return heard switch
        {
            null => Move.Ask(asking.State, Card(Question, asking)),
            { Understood: true } => then(heard.Value!),
            _ => Move.AskAgain(asking.State, Card(Again, asking)),
        };
    }

    /// <summary>The answer in what was typed or sent along.</summary>
    protected virtual Heard<T> Sent(DialogInput.Typed typed, Facts facts) => Read(typed.Text, facts);

    private Card Card<TState>(Phrase words, Asking<TState> asking) => new(
        [new TextPart(words)],
        [.. Options.Select(option => new Button(option.Title, asking.Action, new Dictionary<string, string>(asking.Data, StringComparer.Ordinal) { ["question"] = Id, ["value"] = option.Value }))])
    {
        Summary = Question,
    };
}

/// <summary>The dialog that asks: the state it waits in, the action of its buttons, what they carry besides.</summary>
public sealed record Asking<TState>(TState State, string Action, IReadOnlyDictionary<string, string> Data);

public static class Asking
{
    /// <summary>A question about a ticket.</summary>
    public static Asking<TState> About<TState>(TState state, string action, string ticket) =>
        new(state, action, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket });
}

/// <summary>What a prompt made of words: an answer, or nothing it understands.</summary>
public sealed record Heard<T>(bool Understood, T? Value);

public static class Heard
{
    public static Heard<T> Of<T>(T value) => new(true, value);

    public static Heard<T> Nothing<T>() => new(false, default);
}

/// <summary>One of the answers to choose from.</summary>
/// <param name="Value">Stored; never shown.</param>
public sealed record Option(string Value, Phrase Title)
{
    /// <summary>Other words by which people say it.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
