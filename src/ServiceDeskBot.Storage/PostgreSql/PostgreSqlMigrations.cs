using System.Globalization;
using Npgsql;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>Brings a database up to this program's schema. Replicas that start together do it one after the other.</summary>
internal static class PostgreSqlMigrations
{
    /// <summary>Any number that nobody else locks.</summary>
    private const long Lock = 0x4445534B;

    /// <exception cref="DatabaseIsNewerException">A later release changed it.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource database, IReadOnlyList<Migration> migrations, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Lock})"), cancellationToken);
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)", cancellationToken);
        var version = await VersionAsync(connection, cancellationToken);
        if (version > migrations[^1].Version)
        {
            throw new DatabaseIsNewerException(connection.Database, version, migrations[^1].Version);
        }

        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            await RunAsync(connection, migration.Script, cancellationToken);
            await using var note = new NpgsqlCommand("INSERT INTO schema_versions (version, name, applied_at) VALUES ($1, $2, $3)", connection);
            note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Version });
            note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
            note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Stored.Moment(clock.GetUtcNow()) });
            await note.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Nothing is changed: a database of another schema is refused.</summary>
    /// <returns>False when there is no desk in it yet.</returns>
    /// <exception cref="DatabaseIsNewerException">A later release changed it.</exception>
    /// <exception cref="StoreUnavailableException">An earlier release wrote it.</exception>
    public static async Task<bool> CheckAsync(NpgsqlDataSource database, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var known = new NpgsqlCommand("SELECT to_regclass('schema_versions') IS NOT NULL", connection);
        if (!(bool)(await known.ExecuteScalarAsync(cancellationToken))!)
        {
            return false;
        }

        var version = await VersionAsync(connection, cancellationToken);
        if (version > migrations[^1].Version)
        {
            throw new DatabaseIsNewerException(connection.Database, version, migrations[^1].Version);
        }

        return version == migrations[^1].Version ? true : throw new StoreUnavailableException(
            $"The database {connection.Database} was written by an earlier release: serve the desk once, which brings it up to date.",
            new InvalidOperationException($"Schema {version}, wanted {migrations[^1].Version}."));
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT COALESCE(max(version), 0) FROM schema_versions", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string script, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Scripts of this assembly.
        await using var command = new NpgsqlCommand(script, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
