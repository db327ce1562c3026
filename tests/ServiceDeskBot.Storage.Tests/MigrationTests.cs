using Npgsql;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.PostgreSql;
using ServiceDeskBot.Storage.Sqlite;
using ServiceDeskBot.Storage.Stores;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>A database of each earlier schema, with a request that release had stored, is brought up to date and goes on.</summary>
public sealed class MigrationTests
{
    /// <summary>As the first release wrote it: without what later ones added to a ticket.</summary>
    private const string Request =
        """{"id":"REQ-1001","type":"request","state":"queued","step":"investigate","service":"laptops","category":"hardware","impact":"person","urgency":"medium","priority":3,"reporter":"zoe","affected":"zoe","channel":"slack","team":"workplace","item":"new-laptop","swarm":[],"opened":"2026-03-02T05:45:30.1234567+00:00","evidence":[],"links":[],"confirmed":true,"offered":[],"tried":[],"reopened":0,"version":1}""";

    private const string Registered =
        """{"kind":"registered","id":"REQ-1001","type":"request","reporter":"zoe","affected":"zoe","channel":"slack","opened":"2026-03-02T05:45:30.1234567+00:00","item":"new-laptop","at":"2026-03-02T05:45:30.1234567+00:00","by":"zoe"}""";

    private const string Fill =
        $$"""
        INSERT INTO tickets (tenant_id, id, number, type, state, is_open, team, owner, reporter, priority, opened_at, closed_at, version, summary, words, body)
        VALUES ('default', 'REQ-1001', 1001, 'request', 'queued', 1, 'workplace', NULL, 'zoe', 3, '2026-03-02T05:45:30.1234567Z', NULL, 1, 'A new laptop', 'a new laptop', '{{Request}}');
        INSERT INTO ticket_events (tenant_id, ticket, seq, kind, at, body) VALUES ('default', 'REQ-1001', 1, 'registered', '2026-03-02T05:45:30.1234567Z', '{{Registered}}');
        """;

    /// <summary>From the third on, releases kept what was ordered in a column.</summary>
    private const string FillItem = "UPDATE tickets SET item = 'new-laptop'";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int> OfSqlite => Earlier("Sqlite");

    public static TheoryData<int> OfPostgreSql => Earlier("PostgreSql");

    [Theory, MemberData(nameof(OfSqlite))]
    public async Task OpenAsync_SqliteFileOfAnEarlierSchema_IsMigratedAndGoesOn(int version)
    {
        var folder = Directory.CreateTempSubdirectory("desk-");
        var database = $"Data Source={Path.Combine(folder.FullName, "desk.db")}";
        using (var connection = new SqliteFile(database).OpenForWriting())
        {
            SqliteMigrations.Apply(connection, UpTo("Sqlite", version), TimeProvider.System);
            using var command = connection.CreateCommand();
            command.CommandText = Filled(version);
            command.ExecuteNonQuery();
        }

        await using (var store = new SqliteDeskStore(database, TimeProvider.System))
        {
            await GoesOnAsync(store);
        }

        folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(OfPostgreSql))]
    public async Task OpenAsync_PostgreSqlDatabaseOfAnEarlierSchema_IsMigratedAndGoesOn(int version)
    {
        await using var server = await PostgreSqlServer.NewDatabaseAsync();
        await using (var pool = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await PostgreSqlMigrations.ApplyAsync(pool, UpTo("PostgreSql", version), TimeProvider.System, Stop);
            await using var command = pool.CreateCommand(Filled(version));
            await command.ExecuteNonQueryAsync(Stop);
        }

        await using var store = new PostgreSqlDeskStore(server.ConnectionString, TimeProvider.System);
        await GoesOnAsync(store);
    }

    private static async Task GoesOnAsync(IDeskStore store)
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LookInAsync(Stop));
        await store.OpenAsync(Stop);

        await using (var snapshot = await store.SnapshotAsync(Stop))
        {
            var request = await snapshot.TicketAsync("REQ-1001");
            Assert.Equal((TicketState.Queued, "new-laptop", 1), (request!.State, request.Item, request.Version));
            Assert.IsType<Registered>(Assert.Single(await snapshot.EventsAsync("REQ-1001")));
            Assert.Equal("REQ-1001", Assert.Single(await snapshot.TicketsAsync(new TicketFilter(Item: "new-laptop"))).Id);
            Assert.Equal(CommitResult.Done, await store.CommitAsync(new UnitOfWork([Rows.Claiming(request, "ada")]), Stop));
        }

        Assert.True(await store.NextNumberAsync(Stop) > 0);
    }

    private static string Filled(int version) => version < 3 ? Fill : Fill + FillItem;

    private static TheoryData<int> Earlier(string database) => [.. Migration.Of(database).SkipLast(1).Select(migration => migration.Version)];

    private static List<Migration> UpTo(string database, int version) => [.. Migration.Of(database).Where(migration => migration.Version <= version)];
}
