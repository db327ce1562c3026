using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Conversations;

/// <summary>
/// What the one who acted gets back at once, kept with the inbox row so that a second delivery gets the same.
/// Teams puts it in the invoke response, Slack sends it right after the commit (or in the body of a submission), the console shows it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(Nothing), "nothing")]
[JsonDerivedType(typeof(ShowCard), "card")]
[JsonDerivedType(typeof(ShowForm), "form")]
[JsonDerivedType(typeof(Tell), "tell")]
[JsonDerivedType(typeof(FieldErrors), "errors")]
[JsonDerivedType(typeof(Recorded), "recorded")]
public abstract record Answer
{
    public static Answer None { get; } = new Nothing();

    /// <summary>The language and zone it is said in.</summary>
    public string Language { get; init; } = "en";

    public string? Zone { get; init; }
}

/// <summary>Nothing to say; what changes is seen in refreshed cards.</summary>
public sealed record Nothing : Answer;

/// <summary>Replaces the card that was pressed.</summary>
public sealed record ShowCard(Card Card) : Answer;

/// <summary>Asks for words or choices first.</summary>
public sealed record ShowForm(Form Form) : Answer;

/// <summary>One card, or a sentence, for the presser's eyes only; the pressed card stays.</summary>
public sealed record Tell(Card Card) : Answer;

/// <summary>The form that was sent has faults; it stays open with what was typed. Faults by input id.</summary>
public sealed record FieldErrors(Form Form, IReadOnlyDictionary<string, Phrase> Errors) : Answer;

/// <summary>For another program: what it asked for is on this ticket.</summary>
/// <param name="Text">The text row that was added; <c>null</c> for a new ticket.</param>
public sealed record Recorded(string Ticket, string? Text) : Answer;
