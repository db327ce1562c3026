using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Sqlite;
using ServiceDeskBot.Storage.Stores;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public sealed class SqliteDeskStoreTests : DeskStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("desk-").FullName;

    private string File => Path.Combine(_folder, "data", "desk.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override IDeskStore Create() => new SqliteDeskStore($"Data Source={File};Default Timeout=1", Clock);

    [Fact]
    public async Task OpenAsync_FileInUse_IsRefusedNamingTheFile()
    {
        await using var second = new SqliteDeskStore($"Data Source={File}", Clock);

        var refusal = await Assert.ThrowsAsync<DatabaseInUseException>(() => second.OpenAsync(Stop));

        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        await DoneAsync(new SetTimer("a", "b", Rows.Moment));
    }

    [Fact]
    public async Task OpenAsync_FileLockedByAnotherProcess_IsRefused()
    {
        await CloseAsync(Store);
        using var other = Process.Start(new ProcessStartInfo("flock", ["--nonblock", "--exclusive", $"{File}.lock", "--command", "echo held; read line"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync(Stop));

        await using var second = new SqliteDeskStore($"Data Source={File}", Clock);
        await Assert.ThrowsAsync<DatabaseInUseException>(() => second.OpenAsync(Stop));

        other.StandardInput.Close();
        await other.WaitForExitAsync(Stop);
        await second.OpenAsync(Stop);
    }

    [Fact]
    public async Task OpenAsync_NewerSchema_IsRefusedNamingFileAndVersions()
    {
        await CloseAsync(Store);
        Run("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'later', 'x')");

        await using var store = new SqliteDeskStore($"Data Source={File}", Clock);
        var refusal = await Assert.ThrowsAsync<DatabaseIsNewerException>(() => store.OpenAsync(Stop));

        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_MigratedAlready_AppliesNothingTwice()
    {
        await ReopenAsync();

        Assert.Equal(string.Join(',', Migration.Of("Sqlite").Select(migration => migration.Version)), Read("SELECT group_concat(version) FROM (SELECT version FROM schema_versions ORDER BY version)"));
    }

    [Fact]
    public void OpenAsync_Fresh_WritesAheadAndChecksForeignKeys()
    {
        using var connection = new SqliteFile($"Data Source={File}").OpenForWriting();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT journal_mode FROM pragma_journal_mode) || ' ' || (SELECT synchronous FROM pragma_synchronous) || ' ' || (SELECT foreign_keys FROM pragma_foreign_keys)";

        Assert.Equal("wal 2 1", command.ExecuteScalar());
    }

    [Fact]
    public void Constructor_NoFile_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new SqliteDeskStore("Data Source=:memory:", Clock));
        Assert.Throws<ArgumentException>(() => new SqliteDeskStore("", Clock));
    }

    [Fact]
    public async Task Schema_EveryTable_HasTheTenantInEveryKey()
    {
        await DoneAsync(new SetTimer("a", "b", Rows.Moment));

        // A rowid numbered by the database is unique by itself; every other key and index begins with the tenant.
        Assert.Equal("", Read(
            """
            SELECT COALESCE(group_concat(t.name || '.' || i.name), '')
            FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c ON c.seqno = 0
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_versions' AND c.name <> 'tenant_id'
            """));
        Assert.Equal("default", Read("SELECT tenant_id FROM timers"));
    }

    [Fact]
    public void HotState_IsFound_ByIndexesThatHoldNothingElse()
    {
        (Statement Statement, string Index)[] hot =
        [
            (InboxSql.Undone, "inbox_undone"),
            (TicketSql.OpenOf, "tickets_open_reporter"),
            (OutboxSql.Due, "outbox_lanes"),
            (OutboxSql.NextDue, "outbox_lanes"),
            (TimerSql.Due, "timers_due"),
            (TicketSql.Search(new TicketFilter(Team: "network", OpenOnly: true)).Statement, "tickets_open_team"),
            (TicketSql.Search(new TicketFilter(Owner: "ada", OpenOnly: true)).Statement, "tickets_open_owner"),
            (TicketSql.Search(new TicketFilter(State: TicketState.Queued, Type: "problem", Team: "network", Reporter: "zoe")).Statement, "tickets_listed"),
        ];

        Assert.All(hot, one =>
        {
            var plan = Plan(one.Statement.Text);
            Assert.Contains(one.Index, plan, StringComparison.Ordinal);
            Assert.DoesNotMatch("SCAN TABLE (inbox|outbox|tickets|timers)", plan);
        });
    }

    [Fact]
    public async Task AcceptAsync_FileLockedByAnother_ThrowsUnavailableAndRecovers()
    {
        using (var other = Open())
        {
            using var locking = other.BeginTransaction(deferred: false);

            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.AcceptAsync(Rows.Turn("k1"), Stop));

            Assert.Contains(File, failure.Message, StringComparison.Ordinal);
        }

        Assert.True((await Store.AcceptAsync(Rows.Turn("k1"), Stop)).IsNew);
    }

    [Fact]
    public async Task MarkTurnDone_Decided_BlanksWhatWasSaid()
    {
        var plain = await Store.AcceptAsync(Rows.Turn("plain"), Stop);
        var failed = await Store.AcceptAsync(Rows.Turn("failed"), Stop);
        var anonymous = await Store.AcceptAsync(Rows.Turn("anonymous"), Stop);

        await DoneAsync(new MarkTurnDone(plain.Seq, Answer.None));
        await DoneAsync(new MarkTurnDone(failed.Seq, Answer.None), new RecordFailure(failed.Seq, "x"));
        await DoneAsync(new MarkTurnDone(anonymous.Seq, Answer.None) { Forget = true }, new RecordFailure(anonymous.Seq, "x"));

        Assert.Equal("failed", Read("SELECT group_concat(turn_key) FROM inbox WHERE turn IS NOT NULL"));
    }

    [Fact]
    public async Task AnonymousFeedback_Columns_LeadNowhere()
    {
        await DoneAsync(new PutAnonymousFeedback(new("network", new DateOnly(2026, 3, 2), new("yes", 5, "yes", null))));

        Assert.Equal("tenant_id,team,week,shuffle,scores", Read("SELECT group_concat(name) FROM pragma_table_info('anonymous_feedback')"));
        var noRowId = Assert.Throws<SqliteException>(() => Read("SELECT rowid FROM anonymous_feedback"));
        Assert.Contains("no such column", noRowId.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventsAsync_RowOfAnEarlierRelease_GivesNewMembersTheirDefaults()
    {
        await DoneAsync(Rows.Opening("INC-1"));
        Run(
            """
            INSERT INTO ticket_events (tenant_id, ticket, seq, kind, at, body) VALUES ('default', 'INC-1', 2, 'classified', 'x',
                '{"kind":"classified","impact":"person","urgency":"low","priority":4,"at":"2026-03-02T11:15:30+01:00","by":"desk","unknown":1}')
            """);

        var classified = Assert.IsType<Core.Tickets.Classified>((await ReadAsync(snapshot => snapshot.EventsAsync("INC-1")))[1]);

        Assert.Empty(classified.Evidence);
        Assert.Null(classified.Team);
    }

    [Fact]
    public async Task NextNumberAsync_ProcessKilled_NeverRepeats()
    {
        var last = await Store.NextNumberAsync(Stop);
        var killed = Path.Combine(_folder, "killed.db");
        using (var copying = Open())
        {
            using var copy = copying.CreateCommand();
            copy.CommandText = "VACUUM INTO @copy";
            copy.Parameters.AddWithValue("@copy", killed);
            copy.ExecuteNonQuery();
        }

        await using var next = new SqliteDeskStore($"Data Source={killed}", Clock);
        await next.OpenAsync(Stop);

        Assert.True(await next.NextNumberAsync(Stop) > last);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Run(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private string Plan(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own statements.
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
#pragma warning restore CA2100
        foreach (var name in new Statement(sql).Parameters.Append("@tenant"))
        {
            command.Parameters.AddWithValue(name, "");
        }

        var steps = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            steps.Add(rows.GetString(3));
        }

        return string.Join('\n', steps);
    }

    private string Read(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        return rows.Read() ? rows.GetString(0) : "";
    }
}
