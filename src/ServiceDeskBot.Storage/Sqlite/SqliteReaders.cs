using System.Collections.Concurrent;
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

    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closed;

    public IDeskSnapshot Snapshot()
    {
        var reader = Rent();
        try
        {
            reader.Commands.Run(Begin);
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        return new DeskSnapshot(reader.Commands, () => EndSnapshot(reader));
    }

    /// <summary>One statement outside of any snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<PreparedCommands, ValueTask<T>> read)
    {
        var reader = Rent();
        try
        {
            var result = await read(reader.Commands);
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
        _closed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private Reader Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var connection = file.OpenForReading();
        return new Reader(connection, new PreparedCommands(connection, tenant));
    }

    private ValueTask EndSnapshot(Reader reader)
    {
        try
        {
            reader.Commands.Run(End);
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
        if (_closed || _idle.Count >= MostKept)
        {
            reader.Dispose();
        }
        else
        {
            _idle.Add(reader);
        }
    }

    private sealed record Reader(SqliteConnection Connection, PreparedCommands Commands) : IDisposable
    {
        public void Dispose()
        {
            Commands.Dispose();
            Connection.Dispose();
        }
    }
}
