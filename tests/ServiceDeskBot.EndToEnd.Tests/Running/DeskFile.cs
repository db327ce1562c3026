using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>The SQLite file of a desk that runs as a process of its own, looked at beside it.</summary>
public sealed class DeskFile(string dataPath)
{
    public string Path { get; } = System.IO.Path.Combine(dataPath, "desk.db");

    /// <summary>What is undecided, what is neither sent nor held back in its conversation, and the highest number of a ticket.</summary>
    /// <param name="upTo">Later messages do not count.</param>
    public async Task<(long Undecided, long Unsent, long Tickets)> LookAsync(long upTo = long.MaxValue)
    {
        await using var file = Open(SqliteOpenMode.ReadOnly);
        return await file.QuerySingleAsync<(long, long, long)>(
            """
            SELECT
                (SELECT count(*) FROM inbox WHERE done_at IS NULL AND failure IS NULL),
                (SELECT count(*) FROM outbox o WHERE state = 'queued' AND id <= @upTo AND NOT EXISTS (
                    SELECT 1 FROM outbox h WHERE h.tenant_id = o.tenant_id AND h.state = 'queued' AND h.lane = o.lane AND h.id <= o.id AND h.not_before > @now)),
                (SELECT coalesce(max(number), 0) FROM tickets)
            """,
            new { now = Text(TimeProvider.System.GetUtcNow()), upTo });
    }

    /// <summary>The latest message that was ever to be sent.</summary>
    public async Task<long> LastMessageAsync()
    {
        await using var file = Open(SqliteOpenMode.ReadOnly);
        return await file.QuerySingleAsync<long>("SELECT coalesce(max(id), 0) FROM outbox");
    }

    /// <summary>One line each.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var file = Open(SqliteOpenMode.ReadOnly);
        return [.. await file.QueryAsync<string>(sql)];
    }

    /// <summary>While the desk is down: its timers of this kind lie an hour back when it starts.</summary>
    public async Task PassAnHourAsync(string timers)
    {
        await using var file = Open(SqliteOpenMode.ReadWrite);
        await using var whole = await file.BeginTransactionAsync();
        foreach (var (subject, due) in await file.QueryAsync<(string, string)>("SELECT subject, due FROM timers WHERE kind = @timers", new { timers }, whole))
        {
            var earlier = Text(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) - TimeSpan.FromHours(1));
            await file.ExecuteAsync("UPDATE timers SET due = @earlier WHERE subject = @subject AND kind = @timers", new { subject, earlier, timers }, whole);
        }

        await whole.CommitAsync();
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, Mode = mode }.ToString());
        file.Open();
        return file;
    }
}
