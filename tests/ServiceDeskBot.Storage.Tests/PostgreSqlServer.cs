using System.Globalization;
using Npgsql;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>The server that <c>tests/run</c> starts, or any other that <c>DESK_TEST_POSTGRES</c> leads to; each test has a database of its own on it.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    /// <summary>Seconds: a busy machine may take long to make a database.</summary>
    private const int Patience = 600;

    private static int _made;

    private readonly string _server;
    private readonly string _database;

    private PostgreSqlServer(string server, string database) => (_server, _database) = (server, database);

    public string Database => _database;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ToString();

    public static async Task<PostgreSqlServer> NewDatabaseAsync()
    {
        var server = Environment.GetEnvironmentVariable("DESK_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "DESK_TEST_POSTGRES leads to no PostgreSQL server (tests/run starts one)");
        var database = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _made)}");
        var made = new PostgreSqlServer(server!, database);
        await made.RunOnServerAsync($"CREATE DATABASE {database}");
        return made;
    }

    public async Task<string?> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, CommandTimeout = Patience }.ToString());
        await connection.OpenAsync();
#pragma warning disable CA2100 // Written in these tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>As a restart does it: whoever is connected finds out when they next say something.</summary>
    public Task EndConnectionsAsync() =>
        RunOnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}' AND pid <> pg_backend_pid()");

    public async ValueTask DisposeAsync() => await RunOnServerAsync($"DROP DATABASE {_database} WITH (FORCE)");

    private async Task RunOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false, CommandTimeout = Patience }.ToString());
        await connection.OpenAsync();
#pragma warning disable CA2100 // Written above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
