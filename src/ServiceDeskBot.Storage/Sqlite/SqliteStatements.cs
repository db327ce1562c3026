using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Storage.Stores;
using SQLitePCL;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>The statements of one connection, each prepared at its first use and kept. For one thread at a time.</summary>
/// <remarks>
/// On SQLite's own calls: an ADO.NET command looks up every parameter by its name whenever it runs, which costs more than
/// most of these statements do. Reading is asynchronous only for the sake of databases across a network.
/// </remarks>
internal sealed class SqliteStatements(SqliteConnection connection, string tenant) : IStatementReader, IDisposable
{
    private readonly Dictionary<Statement, Prepared> _prepared = [];

    /// <summary>How many rows it changed; of no meaning for statements that change none.</summary>
    public int Run(Step step) => Run(step.Statement, step.Values);

    public int Run(Statement statement, params object?[] values)
    {
        var prepared = Bound(statement, values);
        try
        {
            while (prepared.Next())
            {
            }

            return raw.sqlite3_changes(connection.Handle);
        }
        finally
        {
            prepared.Rest();
        }
    }

    /// <summary>The first row; <c>default</c> when there is none. A statement that also writes is carried out whole.</summary>
    public T? First<T>(Statement statement, Func<IRow, T> read, params object?[] values)
    {
        var prepared = Bound(statement, values);
        try
        {
            return prepared.Next() ? read(prepared) : default;
        }
        finally
        {
            prepared.Rest();
        }
    }

    public ValueTask<T?> FirstAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values) => new(First(statement, read, values));

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values) =>
        new(All(Bound(statement, values), read));

    public ValueTask<IReadOnlyList<T>> ListOnceAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values)
    {
        using var prepared = new Prepared(connection, statement, tenant);
        prepared.Bind(statement, values);
        return new(All(prepared, read));
    }

    public void Dispose()
    {
        foreach (var prepared in _prepared.Values)
        {
            prepared.Dispose();
        }

        _prepared.Clear();
    }

    private Prepared Bound(Statement statement, object?[] values)
    {
        if (!_prepared.TryGetValue(statement, out var prepared))
        {
            prepared = new Prepared(connection, statement, tenant);
            _prepared.Add(statement, prepared);
        }

        prepared.Bind(statement, values);
        return prepared;
    }

    private static List<T> All<T>(Prepared prepared, Func<IRow, T> read)
    {
        try
        {
            var all = new List<T>();
            while (prepared.Next())
            {
                all.Add(read(prepared));
            }

            return all;
        }
        finally
        {
            prepared.Rest();
        }
    }

    /// <summary>A compiled statement, and the row at which it stands.</summary>
    private sealed class Prepared : IRow, IDisposable
    {
        private const int ShortText = 512;

        private readonly SqliteConnection _connection;
        private readonly sqlite3_stmt _owner;

        // Whoever uses a statement holds it, so that its owner outlives every call.
        private readonly nint _statement;

        // Where SQLite counts the statement's parameters, in their order.
        private readonly int[] _positions;

        public Prepared(SqliteConnection connection, Statement statement, string tenant)
        {
            _connection = connection;
            Check(raw.sqlite3_prepare_v2(connection.Handle, statement.Text, out _owner));
            _statement = _owner.DangerousGetHandle();
            _positions = [.. statement.Parameters.Select(name => raw.sqlite3_bind_parameter_index(_owner, name))];
            if (raw.sqlite3_bind_parameter_index(_owner, "@tenant") is var position and > 0)
            {
                Check(BindText(position, tenant));
            }
        }

        /// <summary>What is bound stays bound, so every value is given each time.</summary>
        public void Bind(Statement statement, object?[] values)
        {
            if (values.Length != _positions.Length)
            {
                throw new ArgumentException($"{values.Length} values for {_positions.Length} parameters of: {statement.Text}", nameof(values));
            }

            for (var i = 0; i < values.Length; i++)
            {
                Check(values[i] switch
                {
                    null => SqliteCalls.BindNull(_statement, _positions[i]),
                    string text => BindText(_positions[i], text),
                    int number => SqliteCalls.BindInteger(_statement, _positions[i], number),
                    long number => SqliteCalls.BindInteger(_statement, _positions[i], number),
                    var other => throw new ArgumentException($"A {other.GetType().Name} is no value for {statement.Parameters[i]} of: {statement.Text}", nameof(values)),
                });
            }
        }

        /// <summary>Goes to the next row; false when there is none.</summary>
        public bool Next()
        {
            var result = SqliteCalls.Step(_statement);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                Check(result);
            }

            return result == raw.SQLITE_ROW;
        }

        /// <summary>Ready to run again. What went wrong with it was thrown before.</summary>
        public void Rest() => _ = SqliteCalls.Reset(_statement);

        public bool IsDBNull(int column) => SqliteCalls.ColumnType(_statement, column) == raw.SQLITE_NULL;

        public int GetInt32(int column) => checked((int)SqliteCalls.ColumnInteger(_statement, column));

        public long GetInt64(int column) => SqliteCalls.ColumnInteger(_statement, column);

        public byte[] GetBytes(int column) => GetUtf8(column).ToArray();

        public string GetString(int column) => Encoding.UTF8.GetString(GetUtf8(column));

        public ReadOnlySpan<byte> GetUtf8(int column) => SqliteCalls.ColumnBytes(_statement, column);

        public void Dispose() => _owner.Dispose();

        private int BindText(int position, string text)
        {
            if (text.Length == 0)
            {
                // Nothing has no address, and what has none is NULL.
                return raw.sqlite3_bind_text(_owner, position, "");
            }

            var most = Encoding.UTF8.GetMaxByteCount(text.Length);
            var rented = most > ShortText ? ArrayPool<byte>.Shared.Rent(most) : null;
            var bytes = rented ?? stackalloc byte[ShortText];
            var result = SqliteCalls.BindText(_statement, position, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }

            return result;
        }

        private void Check(int result)
        {
            if (result != raw.SQLITE_OK)
            {
                SqliteException.ThrowExceptionForRC(result, _connection.Handle);
            }
        }
    }
}
