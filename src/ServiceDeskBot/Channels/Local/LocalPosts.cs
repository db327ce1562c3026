using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Local;

/// <summary>
/// Everything that was said on the console, in a small SQLite file of its own beside the desk's:
/// to the desk this is a chat platform like any other. One connection, one caller at a time; it serves a few browser tabs.
/// </summary>
internal sealed class LocalPosts : IDisposable
{
    private const string Columns = "id, conversation, thread, author, name, text, html, replies_to AS repliesTo, attachments, at, edited_at AS editedAt, deleted, created, changed";
    private const int KeptPerConversation = 300;
    private const int Page = 200;
    private const int PostsOfWriters = 1000;

    private readonly SemaphoreSlim _turnstile = new(1);
    private readonly Lazy<SqliteConnection> _file;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="path">The file; it and its folder are created with the first message or reader.</param>
    public LocalPosts(string path) => _file = new(() => Open(path));

    /// <summary>Ends with the next change of any post. Take it before reading, so that no change falls in between.</summary>
    public Task NextChange => Volatile.Read(ref _changed).Task;

    /// <summary>Hangs up a new post. One with a known id is left as it is: the browser sent it twice.</summary>
    public Task AddAsync(LocalPost post, CancellationToken cancellationToken) => ChangeAsync(
        """
        INSERT INTO posts (id, conversation, thread, author, name, text, html, replies_to, attachments, at, created, changed)
        VALUES (@Id, @Conversation, @Thread, @Author, @Name, @Text, @Html, @RepliesTo, @Attachments, @At, @next, @next)
        ON CONFLICT (id) DO NOTHING
        """,
        new
        {
            post.Id,
            post.Conversation,
            post.Thread,
            post.Author,
            post.Name,
            post.Text,
            post.Html,
            post.RepliesTo,
            Attachments = JsonSerializer.Serialize(post.Attachments, LocalJson.Options),
            At = post.At.ToUnixTimeMilliseconds(),
        },
        cancellationToken);

    /// <summary>Replaces a card of the desk; false when it is not there any more.</summary>
    public Task<bool> ReplaceCardAsync(string conversation, string id, string html, CancellationToken cancellationToken) => ChangeAsync(
        "UPDATE posts SET html = @html, changed = @next WHERE id = @id AND conversation = @conversation AND author IS NULL",
        new { conversation, id, html },
        cancellationToken);

    public Task EditAsync(string id, string text, DateTimeOffset at, CancellationToken cancellationToken) => ChangeAsync(
        "UPDATE posts SET text = @text, edited_at = @at, changed = @next WHERE id = @id AND deleted = 0",
        new { id, text, at = at.ToUnixTimeMilliseconds() },
        cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        "UPDATE posts SET text = '', attachments = '[]', deleted = 1, changed = @next WHERE id = @id AND deleted = 0",
        new { id },
        cancellationToken);

    public Task<LocalPost?> FindAsync(string id, CancellationToken cancellationToken) => ReadAsync(
        file => file.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM posts WHERE id = @id", new { id })?.ToPost(),
        cancellationToken);

    /// <summary>The latest posts of some conversations, oldest first, each thread with its root, and how far that is.</summary>
    public Task<(long Cursor, IReadOnlyList<LocalPost> Posts)> LatestAsync(IReadOnlyCollection<string> conversations, CancellationToken cancellationToken) => ReadAsync(
        file =>
        {
            // One conversation at a time: so the index ends the walk, however much was ever said there.
            var latest = conversations.Distinct().SelectMany(conversation => file.Query<Row>(
                $"""
                WITH latest AS (SELECT id, thread FROM posts WHERE conversation = @conversation ORDER BY created DESC LIMIT {KeptPerConversation})
                SELECT {Columns} FROM posts WHERE id IN (SELECT id FROM latest UNION SELECT thread FROM latest)
                """,
                new { conversation }));
            IReadOnlyList<LocalPost> posts = [.. latest.Select(row => row.ToPost()).OrderBy(post => post.Created)];
            return (file.ExecuteScalar<long>("SELECT coalesce(max(changed), 0) FROM posts"), posts);
        },
        cancellationToken);

    /// <summary>Posts that changed after the given number, in order of change; a page of them.</summary>
    public Task<IReadOnlyList<LocalPost>> ChangedAfterAsync(long cursor, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<LocalPost>>(
        file => [.. file.Query<Row>($"SELECT {Columns} FROM posts WHERE changed > @cursor ORDER BY changed LIMIT {Page}", new { cursor }).Select(row => row.ToPost())],
        cancellationToken);

    /// <summary>Those who wrote the latest posts, under the name they used last.</summary>
    public Task<IReadOnlyList<LocalWriter>> WritersAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<LocalWriter>>(
        file =>
        [
            .. file.Query<LocalWriter>(
                $"""
                WITH latest AS (SELECT author, name, created FROM posts WHERE author IS NOT NULL ORDER BY rowid DESC LIMIT {PostsOfWriters})
                SELECT author AS account, name FROM latest GROUP BY author HAVING created = max(created) ORDER BY author
                """),
        ],
        cancellationToken);

    public void Dispose()
    {
        if (_file.IsValueCreated)
        {
            _file.Value.Dispose();
        }

        _turnstile.Dispose();
    }

    private async Task<bool> ChangeAsync(string sql, object values, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            file =>
            {
                var parameters = new DynamicParameters(values);
                parameters.Add("next", file.ExecuteScalar<long>("SELECT coalesce(max(changed), 0) + 1 FROM posts"));
                return file.Execute(sql, parameters);
            },
            cancellationToken);
        if (rows > 0)
        {
            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        return rows > 0;
    }

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _turnstile.WaitAsync(cancellationToken);
        try
        {
            return read(_file.Value);
        }
        finally
        {
            _turnstile.Release();
        }
    }

    private static SqliteConnection Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        file.Open();
        file.Execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL; -- What a machine without power may forget is a few posts of a trial.
            PRAGMA busy_timeout = 5000;
            CREATE TABLE IF NOT EXISTS posts (
                id TEXT PRIMARY KEY,
                conversation TEXT NOT NULL,
                thread TEXT,
                author TEXT,
                name TEXT NOT NULL,
                text TEXT,
                html TEXT,
                replies_to TEXT,
                attachments TEXT NOT NULL DEFAULT '[]',
                at INTEGER NOT NULL,
                edited_at INTEGER,
                deleted INTEGER NOT NULL DEFAULT 0,
                created INTEGER NOT NULL,
                changed INTEGER NOT NULL);
            CREATE INDEX IF NOT EXISTS posts_by_conversation ON posts (conversation, created);
            CREATE INDEX IF NOT EXISTS posts_by_change ON posts (changed);
            """);
        return file;
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Conversation { get; init; } = "";

        public string? Thread { get; init; }

        public string? Author { get; init; }

        public string Name { get; init; } = "";

        public string? Text { get; init; }

        public string? Html { get; init; }

        public string? RepliesTo { get; init; }

        public string Attachments { get; init; } = "[]";

        public long At { get; init; }

        public long? EditedAt { get; init; }

        public long Deleted { get; init; }

        public long Created { get; init; }

        public long Changed { get; init; }

        public LocalPost ToPost() => new(Id, Conversation, Thread, Author, Name, Text, Html, DateTimeOffset.FromUnixTimeMilliseconds(At))
        {
            RepliesTo = RepliesTo,
            Attachments = JsonSerializer.Deserialize<List<Attachment>>(Attachments, LocalJson.Options) ?? [],
            EditedAt = EditedAt is { } edited ? DateTimeOffset.FromUnixTimeMilliseconds(edited) : null,
            IsDeleted = Deleted != 0,
            Created = Created,
            Changed = Changed,
        };
    }
}

/// <summary>Somebody who wrote on the console.</summary>
internal sealed record LocalWriter(string Account, string Name);
