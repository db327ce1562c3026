namespace ServiceDeskBot.Channels.Local;

/// <summary>What a browser sends. <c>Id</c> is made there once per action, so that a repeated POST is the same delivery.</summary>
internal interface ILocalRequest
{
    string Id { get; }

    /// <summary>Account of the person who acts.</summary>
    string As { get; }

    /// <summary>What somebody new calls themselves; known people have their own name.</summary>
    string? Name { get; }
}

/// <summary>Words. <c>Id</c> becomes the post's.</summary>
internal sealed record SaidRequest(string Id, string As, string Conversation, string Text, string? Name = null, string? Thread = null, string? RepliesTo = null) : ILocalRequest
{
    /// <summary>Missing or <c>null</c>: none.</summary>
    public IReadOnlyList<LocalFile> Attachments { get; init => field = value ?? []; } = [];
}

/// <summary>A file's description; its bytes stay with the browser.</summary>
internal sealed record LocalFile(string Name, string? ContentType = null, long? Bytes = null);

/// <summary>A button or a form. <c>PostId</c> is the card's post; without one, <c>Conversation</c> and <c>Thread</c> say where.</summary>
internal sealed record PressedRequest(string Id, string As, string Conversation, string Action, string? Name = null, string? Thread = null, string? PostId = null) : ILocalRequest
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Missing or <c>null</c>: none.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init => field = value ?? None; } = None;

    /// <summary>Missing or <c>null</c>: none.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init => field = value ?? None; } = None;
}

/// <summary>New words for one's own post.</summary>
internal sealed record EditedRequest(string Id, string As, string PostId, string Text, string? Name = null) : ILocalRequest;

/// <summary>One's own post is taken back.</summary>
internal sealed record DeletedRequest(string Id, string As, string PostId, string? Name = null) : ILocalRequest;

/// <summary>Somebody opened their chat with the desk for the first time.</summary>
internal sealed record ArrivedRequest(string Id, string As, string? Name = null) : ILocalRequest;

/// <summary>What the browser is told: <c>nothing</c>, <c>card</c>, <c>tell</c>, <c>form</c> or <c>errors</c>, and the HTML that goes with it.</summary>
internal sealed record LocalReply(string Answer, string? Html = null);

/// <summary>Everything a page needs to begin; what happens after <c>Cursor</c> comes by <c>/local/events</c>.</summary>
internal sealed record LocalState(long Cursor, string Desk, IReadOnlyList<LocalPerson> People, IReadOnlyList<LocalRoom> Channels, IReadOnlyList<LocalPost> Posts);

/// <param name="Known">One of the demo desk's people, not somebody who only wrote here.</param>
internal sealed record LocalPerson(string Account, string Name, IReadOnlyList<string> Roles, string Department, bool Known);

internal sealed record LocalRoom(string Name, string Title, bool Closed);
