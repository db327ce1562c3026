using System.Text.Json;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Conversations;

/// <summary>What the desk remembers of its talk with one person in one place; one row per (conversation, person).</summary>
public sealed record ConversationState
{
    public static ConversationState Empty { get; } = new();

    /// <summary>Running dialogs, the one that answers on top (last).</summary>
    public IReadOnlyList<DialogFrame> Stack { get; init; } = [];

    /// <summary>In a place without threads: the ticket that continuing texts reach.</summary>
    public string? Focus { get; init; }

    public DateTimeOffset? FocusedAt { get; init; }

    /// <summary>The buttons of what was said last, since people also type what stands on them.</summary>
    public IReadOnlyList<Button> Buttons { get; init; } = [];

    /// <summary>Answers in a row that were not understood.</summary>
    public int Misunderstood { get; init; }

    /// <summary>Those answers, for the person who takes over.</summary>
    public IReadOnlyList<string> Unheard { get; init; } = [];

    /// <summary>True once the introduction was given.</summary>
    public bool Introduced { get; init; }

    /// <summary>0 for a row not stored yet; the row is written only over the version it was read at.</summary>
    public int Version { get; init; }
}

/// <summary>One running dialog: which, at which version of its state record, and that state.</summary>
public sealed record DialogFrame(string Dialog, int Version, JsonElement State, DateTimeOffset TouchedAt)
{
    /// <summary>True once the person was offered to go on after something else; they are not asked twice.</summary>
    public bool Offered { get; init; }

    /// <summary>A frame for this state record. State records are small and hold plain values.</summary>
    public static DialogFrame Of<TState>(string dialog, int version, TState state, DateTimeOffset at) =>
        new(dialog, version, JsonSerializer.SerializeToElement(state, JsonSerializerOptions.Web), at);
}
