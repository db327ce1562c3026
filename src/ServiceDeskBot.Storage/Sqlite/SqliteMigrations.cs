using System.Globalization;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>Brings a file up to this program's schema.</summary>
internal static class SqliteMigrations
{
    /// <exception cref="DatabaseIsNewerException">The file comes from a later release.</exception>
    public static void Apply(SqliteConnection connection, IReadOnlyList<Migration> migrations, TimeProvider clock)
    {
        Run(connection, "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)");
        if (Version(connection) > migrations[^1].Version)
        {
            throw new DatabaseIsNewerException(connection.DataSource, Version(connection), migrations[^1].Version);
        }

        foreach (var migration in migrations)
        {
            Apply(connection, migration, clock);
        }
    }

    /// <summary>Nothing is changed: a database of another schema is refused.</summary>
    /// <exception cref="DatabaseIsNewerException">The file comes from a later release.</exception>
    /// <exception cref="StoreUnavailableException">The file comes from an earlier release.</exception>
    public static void Check(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        var version = Version(connection);
        if (version > migrations[^1].Version)
        {
            throw new DatabaseIsNewerException(connection.DataSource, version, migrations[^1].Version);
        }

        if (version < migrations[^1].Version)
        {
            throw new StoreUnavailableException(
                $"{connection.DataSource} was written by an earlier release: serve the desk once, which brings it up to date.",
                new InvalidOperationException($"Schema {version}, wanted {migrations[^1].Version}."));
        }
    }

    // The transaction takes the write lock first, so whoever else may be migrating is seen.
    private static void Apply(SqliteConnection connection, Migration migration, TimeProvider clock)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Version(connection) >= migration.Version)
        {
            return;
        }

        Run(connection, migration.Script);
        Run(
            connection,
            "INSERT INTO schema_versions (version, name, applied_at) VALUES (@version, @name, @applied_at)",
            ("@version", migration.Version),
            ("@name", migration.Name),
            ("@applied_at", Stored.Moment(clock.GetUtcNow())));
        transaction.Commit();
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(max(version), 0) FROM schema_versions";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string script, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Scripts of this assembly.
        command.CommandText = script;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
