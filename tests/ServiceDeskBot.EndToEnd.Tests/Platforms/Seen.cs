namespace ServiceDeskBot.EndToEnd.Tests.Platforms;

/// <summary>A card as a person sees it on any platform: plain text, things to press, things to fill in.</summary>
/// <param name="Text">Everything written on it, line by line, as it would be shown.</param>
public sealed record SeenCard(string Text, IReadOnlyList<SeenButton> Buttons, IReadOnlyList<SeenInput> Inputs)
{
    public static SeenCard Plain(string text) => new(text, [], []);

    public SeenButton? Button(string title) => Buttons.FirstOrDefault(button => string.Equals(button.Title, title, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Wire">What the platform sends back when it is pressed, in the platform's own form.</param>
/// <param name="IsUnderMore">It takes a look under <em>More…</em> to find it.</param>
public sealed record SeenButton(string Title, object Wire, bool IsUnderMore);

/// <param name="Value">What it holds already.</param>
public sealed record SeenInput(string Id, string Label, string? Value, IReadOnlyList<string> Choices, bool IsRequired);

/// <summary>A form that was opened for one person.</summary>
/// <param name="From">The post it was opened from.</param>
/// <param name="Wire">What the platform needs to send it.</param>
public sealed record SeenForm(SeenCard Card, SeenPost From, object Wire);

/// <summary>A message in a conversation.</summary>
/// <param name="Thread">The post it stands under; <c>null</c> for one of its own.</param>
/// <param name="Author">Name of the person; <c>null</c> for the desk.</param>
/// <param name="OnlyFor">Name of the one person who sees it; <c>null</c>: everybody there.</param>
/// <param name="Order">Rises with every new post; a changed one keeps its place.</param>
public sealed record SeenPost(string Id, string Conversation, string? Thread, string? Author, string? OnlyFor, SeenCard Card, long Order)
{
    /// <summary>How often the desk changed it.</summary>
    public int Changes { get; init; }
}
