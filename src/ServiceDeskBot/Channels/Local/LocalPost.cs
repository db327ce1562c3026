using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Local;

/// <summary>One message on the console: a person's words, or a card of the desk.</summary>
/// <param name="Id">A person's message has the id that the browser made; the desk's have ids of the outlet.</param>
/// <param name="Conversation"><c>dm:&lt;account&gt;</c> or the name of a channel.</param>
/// <param name="Thread">The post it stands under; <c>null</c> for a post of its own.</param>
/// <param name="Author">Account of the person; <c>null</c> for the desk.</param>
/// <param name="Text">A person's words, shown as typed; <c>null</c> for a card.</param>
/// <param name="Html">The desk's card, rendered; <c>null</c> for a person's words.</param>
internal sealed record LocalPost(string Id, string Conversation, string? Thread, string? Author, string Name, string? Text, string? Html, DateTimeOffset At)
{
    public string? RepliesTo { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Its author took it back; the words are gone from the file too.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>When it came, as a number that rises with each change of any post.</summary>
    public long Created { get; init; }

    /// <summary>When it last changed, on the same scale; a browser that has seen this number has seen this state.</summary>
    public long Changed { get; init; }
}
