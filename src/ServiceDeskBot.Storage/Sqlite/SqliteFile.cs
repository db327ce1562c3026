using Microsoft.Data.Sqlite;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>The database file, and the connections to it.</summary>
internal sealed class SqliteFile
{
    private readonly string _connectionString;

    static SqliteFile()
    {
        SQLitePCL.Batteries_V2.Init();

        // A connection here is used by one thread at a time, so SQLite needs no locks of its own around each call;
        // and nobody reads its memory statistics, which cost a lock at each allocation. Refused (and harmless) once SQLite is in use.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteFile(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        if (settings.DataSource is "" or ":memory:" || settings.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException("The desk needs a database file: 'Data Source=<file>'.", nameof(connectionString));
        }

        Path = System.IO.Path.GetFullPath(settings.DataSource);
        settings.DataSource = Path;
        settings.ForeignKeys = true;
        settings.Pooling = false;
        _connectionString = settings.ToString();
    }

    public string Path { get; }

    /// <summary>For the one writer. A commit returns after the log is on the disk.</summary>
    public SqliteConnection OpenForWriting() => Open("PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; PRAGMA temp_store = MEMORY;");

    public SqliteConnection OpenForReading() => Open("PRAGMA busy_timeout = 30000; PRAGMA query_only = ON; PRAGMA cache_size = -1000;");

    private SqliteConnection Open(string settings)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two constants above.
            command.CommandText = settings;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
