using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.PostgreSql;
using ServiceDeskBot.Storage.Stores;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>
/// The cost of a statement follows what it is about, not how much there is. SQLite chooses without statistics and once
/// preferred a walk through everybody's accounts to the index by person: a turn took ten milliseconds at 20,000 people.
/// </summary>
public sealed partial class QueryPlanTests
{
    /// <summary>Meant to walk: a few rows by nature, or everything on purpose.</summary>
    private static readonly string[] Walks =
    [
        "BindingSql.ChannelsOf", "DeskSnapshot.Figures", "InboxSql.Undone", "PeopleSql.All", "TimerSql.NextDue", "OutboxSql.NextDue", "OutboxSql.Due",
    ];

    /// <summary>A few rows: the promoted models, the replicas, the sequences, and what is taken up after somebody is gone; and what runs in another form here.</summary>
    private static readonly string[] PostgreSqlWalks =
    [
        "ModelSql.Read", "SequenceSql.GiveBack", "InboxSql.ForgetDone", "InboxSql.ForgetFailed", "OutboxSql.Forget",
        "Replica.Others", "Replica.Bury", "PostgreSqlInbox.TakeUndone", "PostgreSqlInbox.TakeAbandoned", "PostgreSqlOutbox.TakeDue",
    ];

    /// <summary>Newest first, of one person: others' tickets are passed over in the index.</summary>
    private static Statement ListOfOne { get; } = TicketSql.Search(new TicketFilter(Reporter: "zoe")).Statement;

    /// <summary>Twenty thousand of each, nearly all of it history.</summary>
    private const string MuchOfEverything =
        """
        INSERT INTO people SELECT 'default', 'p' || n, 'p' || n || '@example.com', '{}' FROM generate_series(1, 20000) n;
        INSERT INTO accounts SELECT 'default', 'slack', 'U' || n, 'p' || n, NULL, 'x' FROM generate_series(1, 20000) n;
        INSERT INTO conversations SELECT 'default', 'slack:D' || n, 'p' || n, 1, '{}' FROM generate_series(1, 20000) n;
        INSERT INTO inbox (tenant_id, turn_key, conversation, accepted_at, done_at, replica)
            SELECT 'default', 'k' || n, 'slack:D' || n, to_char(n, '000000'), CASE WHEN n > 20 THEN to_char(n, '000000') END, 'r' FROM generate_series(1, 20000) n;
        INSERT INTO tickets SELECT 'default', 'INC-' || n, n, 'incident', CASE WHEN n > 200 THEN 'closed' ELSE 'queued' END, CASE WHEN n > 200 THEN 0 ELSE 1 END,
            'team' || n % 10, 'p' || n % 50, 'p' || n, 3, to_char(n, '000000'), CASE WHEN n > 200 THEN to_char(n, '000000') END, 1, 'words', 'words', repeat('x', 1000) FROM generate_series(1, 20000) n;
        INSERT INTO ticket_events SELECT 'default', 'INC-' || n, 1, 'registered', 'x', '{}' FROM generate_series(1, 20000) n;
        INSERT INTO texts (tenant_id, id, ticket, kind, author, visible, text, at) SELECT 'default', 't' || n, 'INC-' || n, 'message', 'p', 'user', 'words', 'x' FROM generate_series(1, 20000) n;
        INSERT INTO posts SELECT 'default', 'slack', 'D' || n, 'post', 'INC-' || n FROM generate_series(1, 20000) n;
        INSERT INTO mirrors (tenant_id, ticket, kind, lane, thread, place, language) SELECT 'default', 'INC-' || n, 'team', 'slack:D' || n % 10, '', '{}', 'en' FROM generate_series(1, 20000) n;
        INSERT INTO outbox (tenant_id, lane, mirror, revision, attempts, state, settled_at)
            SELECT 'default', 'slack:D' || n % 10, n, 0, 0, CASE WHEN n > 20 THEN 'sent' ELSE 'queued' END, CASE WHEN n > 20 THEN to_char(n, '000000') END FROM generate_series(1, 20000) n;
        INSERT INTO timers SELECT 'default', 'INC-' || n, 'sla', to_char(n, '000000') FROM generate_series(1, 20000) n;
        INSERT INTO surveys SELECT 'default', 'INC-' || n, 'p' || n, 'team' || n % 10, 'x', 'answered' FROM generate_series(1, 20000) n;
        INSERT INTO named_feedback SELECT 'default', 'f' || n, 'INC-' || n, 'p' || n, 'team' || n % 10, '{}', 0, to_char(n, '000000') FROM generate_series(1, 20000) n;
        INSERT INTO anonymous_feedback SELECT 'default', 'team' || n % 10, to_char(n, '000000'), 's' || n, '{}' FROM generate_series(1, 20000) n;
        INSERT INTO predictions SELECT 'default', to_char(n, '000000'), 'p' || n, 'QRY-' || n, 0, 'm', 'en', '{}' FROM generate_series(1, 20000) n;
        INSERT INTO corrections SELECT 'default', 'c' || n, 'INC-' || n, 't' || n, '{}', '{}', 'p', to_char(n, '000000'), CASE WHEN n > 20 THEN 'Accepted' ELSE 'Waiting' END FROM generate_series(1, 20000) n;
        INSERT INTO digests SELECT 'default', 'p' || n, 'x' FROM generate_series(1, 20000) n;
        INSERT INTO bindings SELECT 'default', 'slack', 'D' || n, 'team' || n % 500, '{}' FROM generate_series(1, 20000) n;
        ANALYZE;
        """;

    [Fact]
    public void Statements_InSqlite_SearchByMoreThanTheTenant()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var migration in Migration.Of("Sqlite"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = migration.Script;
            command.ExecuteNonQuery();
        }

        var statements = StatementsOf(typeof(Statement)).ToList();
        var walks = statements.Where(field => PlanOf((Statement)field.GetValue(null)!, connection).Any(step => Walk().IsMatch(step)))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");

        Assert.True(statements.Count > 30, statements.Count.ToString(CultureInfo.InvariantCulture));
        Assert.Empty(walks.Where(IsForPeopleThatWait).Except(Walks, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Statements_InPostgreSql_SearchByMoreThanTheTenant()
    {
        await using var server = await PostgreSqlServer.NewDatabaseAsync();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false, CommandTimeout = 600 }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var migration in Migration.Of("PostgreSql"))
        {
            await RunAsync(connection, migration.Script);
        }

        await RunAsync(connection, MuchOfEverything);
        Assert.Contains(await PlanOfAsync(ListOfOne, connection), step => step.Contains("(reporter)::text", StringComparison.Ordinal) && step.Contains("Index Cond", StringComparison.Ordinal));
        var statements = StatementsOf(typeof(Statement)).Concat(StatementsOf(typeof(PostgreSqlDeskStore)))
            .Where(field => field.DeclaringType != typeof(TurnSql) || field.Name is not (nameof(TurnSql.Begin) or nameof(TurnSql.End)))
            .ToList();
        var walks = new List<string>();
        foreach (var field in statements)
        {
            if ((await PlanOfAsync((Statement)field.GetValue(null)!, connection)).Any(step => PostgreSqlWalk().IsMatch(step)))
            {
                walks.Add($"{field.DeclaringType!.Name}.{field.Name}");
            }
        }

        Assert.True(statements.Count > 35, statements.Count.ToString(CultureInfo.InvariantCulture));
        Assert.Empty(walks.Where(IsForPeopleThatWait).Except([.. Walks, .. PostgreSqlWalks], StringComparer.Ordinal));
    }

    private static IEnumerable<FieldInfo> StatementsOf(Type neighbour) => neighbour.Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(field => field.FieldType == typeof(Statement) && field.DeclaringType!.Namespace == neighbour.Namespace);

    /// <summary>Export and erasure of a person's data are commands that may take their time.</summary>
    private static bool IsForPeopleThatWait(string statement) => !statement.StartsWith("PersonalSql.", StringComparison.Ordinal);

    /// <summary>The plan for any values: PostgreSQL may run a prepared statement without looking at them.</summary>
    private static async Task<List<string>> PlanOfAsync(Statement statement, NpgsqlConnection connection)
    {
        var command = PositionalSql.Command(statement.With([.. statement.Parameters.Select(_ => "1")]), "default");
        try
        {
            await RunAsync(connection, $"SET plan_cache_mode = force_generic_plan; PREPARE one{TypesOf(statement, "unknown")} AS {command.CommandText}");
        }
        catch (PostgresException undecided) when (undecided.SqlState == PostgresErrorCodes.AmbiguousParameter)
        {
            await RunAsync(connection, $"PREPARE one{TypesOf(statement, "text")} AS {command.CommandText}");
        }

        var values = statement.Parameters.Append("@tenant").Select((_, i) => statement.Parameters.ElementAtOrDefault(i) is "@busy" or "@ids" or "@posts" ? "'{}'" : "'1'").ToList();
        var steps = new List<string>();
        await using (var explain = new NpgsqlCommand($"EXPLAIN EXECUTE one({string.Join(", ", values)})", connection))
        {
            await using var rows = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            {
                steps.Add(rows.GetString(0));
            }
        }

        await RunAsync(connection, "DEALLOCATE one");
        return steps;
    }

    /// <summary>The tenant comes last. The driver always says the types; here most are the database's to find.</summary>
    private static string TypesOf(Statement statement, string type) =>
        $"({string.Join(", ", statement.Parameters.Select(name => name switch { "@first" or "@count" => "bigint", "@ids" => "text[]", _ => type }).Append("text"))})";

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Our own statements.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static List<string> PlanOf(Statement statement, SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement.Text}";
        foreach (var name in statement.Parameters.Append("@tenant"))
        {
            command.Parameters.AddWithValue(name, "x");
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    /// <summary>A table read from end to end, or all of a tenant's rows.</summary>
    [GeneratedRegex(@"^SCAN (?:TABLE )?[a-z]|\(tenant_id=\?\)$", RegexOptions.NonBacktracking)]
    private static partial Regex Walk();

    [GeneratedRegex(@"Seq Scan on [a-qs-z]|Index Cond: \(\(tenant_id\)::text = [^()]*(\(\))?[^()]*\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PostgreSqlWalk();
}
