using System.Text.Json.Serialization;

namespace ServiceDeskBot.Core.Conversations.Cards;

/// <summary>
/// A message as the desk thinks of it, before any platform: text, facts, inputs, pictures and buttons.
/// Rendered in the reader's language as Adaptive Card, Block Kit or HTML when it is sent, within each platform's limits.
/// </summary>
/// <param name="Parts">From top to bottom.</param>
/// <param name="Buttons">The few that matter now; those with <see cref="Button.Secondary"/> go under <em>More…</em>.</param>
public sealed record Card(IReadOnlyList<CardPart> Parts, IReadOnlyList<Button> Buttons)
{
    /// <summary>A plain message without buttons.</summary>
    public static Card Of(params Phrase[] lines) => new([.. lines.Select(line => (CardPart)new TextPart(line))], []);

    /// <summary>One sentence for notifications and screen readers; the first text where <c>null</c>.</summary>
    public Phrase? Summary { get; init; }

    /// <summary>Accounts (on the reader's platform) to mention with the message; renderers put the platform's mention first.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Display names of <see cref="Mentions"/> by account, for platforms that write the name themselves; "you" where one is missing.</summary>
    public IReadOnlyDictionary<string, string> MentionNames { get; init; } = new Dictionary<string, string>();
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "part")]
[JsonDerivedType(typeof(TextPart), "text")]
[JsonDerivedType(typeof(FactsPart), "facts")]
[JsonDerivedType(typeof(ImagePart), "image")]
[JsonDerivedType(typeof(ButtonsPart), "buttons")]
[JsonDerivedType(typeof(InputPart), "input")]
public abstract record CardPart;

/// <summary>A paragraph. What it says is always plain text: markup in it is shown as typed.</summary>
public sealed record TextPart(Phrase Text, TextStyle Style = TextStyle.Body) : CardPart;

[JsonConverter(typeof(JsonStringEnumConverter<TextStyle>))]
public enum TextStyle
{
    Body,
    Heading,

    /// <summary>Small print.</summary>
    Subtle,

    /// <summary>A person's own words.</summary>
    Quote,
}

/// <summary>Short labelled values.</summary>
public sealed record FactsPart(IReadOnlyList<Fact> Facts) : CardPart;

public sealed record Fact(Phrase Label, Phrase Value);

/// <summary>A picture with the text that stands for it.</summary>
public sealed record ImagePart(string Url, Phrase Alt) : CardPart;

/// <summary>Buttons that belong to the text right above them (an article's <em>Solved it</em>), apart from the card's own.</summary>
public sealed record ButtonsPart(IReadOnlyList<Button> Buttons) : CardPart;

/// <summary>Something to fill in. A card with inputs has a button that sends them.</summary>
/// <param name="Id">Key in <see cref="Pressed.Fields"/>.</param>
public sealed record InputPart(string Id, Phrase Label, InputKind Kind, bool Required) : CardPart
{
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>What it holds at first; <c>null</c> for empty.</summary>
    public string? Value { get; init; }

    /// <summary>Longest accepted answer, in UTF-16 units.</summary>
    public int MaxLength { get; init; } = 3000;

    /// <summary>What was wrong with the last answer; <c>null</c> when nothing was.</summary>
    public Phrase? Error { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<InputKind>))]
public enum InputKind { Text, LongText, Choice, Date, Number }

public sealed record Choice(Phrase Title, string Value);

/// <summary>Something to press.</summary>
/// <param name="Action">What it does, e.g. <c>claim</c>; stable, never shown.</param>
/// <param name="Data">What goes along; short values only (2,000 characters in all on Slack).</param>
public sealed record Button(Phrase Title, string Action, IReadOnlyDictionary<string, string> Data)
{
    public ButtonStyle Style { get; init; }

    /// <summary>True: shown under <em>More…</em>.</summary>
    public bool Secondary { get; init; }

    /// <summary>True where what it opens is a form: Teams then asks for it in a dialog of its own, as Slack and the console always do.</summary>
    public bool OpensForm { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ButtonStyle>))]
public enum ButtonStyle { Default, Primary, Danger }

/// <summary>Inputs asked for by themselves: a Slack modal, a form in the card on Teams, a dialog on the console.</summary>
/// <param name="Action">Sent back with the inputs as <see cref="Pressed.Action"/>; on Slack the modal's <c>callback_id</c>.</param>
/// <param name="Data">Comes back as <see cref="Pressed.Data"/>.</param>
public sealed record Form(string Action, Phrase Title, Phrase Submit, IReadOnlyList<CardPart> Parts, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>True: what was filled in is worth keeping when it is closed without being sent.</summary>
    public bool KeepsDraft { get; init; }

    /// <summary>The form as a message, where nothing can be opened for it (it was asked for by typing).</summary>
    public Card ToCard() => new([new TextPart(Title, TextStyle.Heading), .. Parts], [new Button(Submit, Action, Data) { Style = ButtonStyle.Primary }]);
}
