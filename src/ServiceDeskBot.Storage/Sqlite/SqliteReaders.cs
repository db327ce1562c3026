using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>
/// Connections for reading, kept with their prepared statements. There are as many as snapshots were ever open at once:
/// a limit could make a snapshot wait for one that its own caller holds.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file, string tenant) : IAsyncDisposable
{
    // Opening one reads the schema anew, which costs more than a whole turn.
    private const int MostKept = 128;

    private static readonly Statement Begin = new("BEGIN");
    private static readonly Statement End = new("COMMIT");

    // The one used last comes first: its pages and statements are warm, and those that only a crowd needed cost nothing.
    private readonly Stack<Reader> _idle = [];
    private readonly Lock _gate = new();
    private volatile bool _closed;

    public IDeskSnapshot Snapshot()
    {
        var reader = Rent();
        try
        {
            reader.Statements.Run(Begin);
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        return new DeskSnapshot(reader.Statements, () => EndSnapshot(reader));
    }

    /// <summary>One statement outside of any snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteStatements, ValueTask<T>> read)
    {
        var reader = Rent();
        try
        {
            var result = await read(reader.Statements);
            Return(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            while (_idle.TryPop(out var reader))
            {
                reader.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    private Reader Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        lock (_gate)
        {
            if (_idle.TryPop(out var idle))
            {
                return idle;
            }
        }

        var connection = file.OpenForReading();
        return new Reader(connection, new SqliteStatements(connection, tenant));
    }

    private ValueTask EndSnapshot(Reader reader)
    {
        try
        {
            reader.Statements.Run(End);
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        Return(reader);
        return ValueTask.CompletedTask;
    }

    private void Return(Reader reader)
    {
        lock (_gate)
        {
            if (!_closed && _idle.Count < MostKept)
            {
                _idle.Push(reader);
                return;
            }
        }

        reader.Dispose();
    }

    private sealed record Reader(SqliteConnection Connection, SqliteStatements Statements) : IDisposable
    {
        public void Dispose()
        {
            Statements.Dispose();
            Connection.Dispose();
        }
    }
}
