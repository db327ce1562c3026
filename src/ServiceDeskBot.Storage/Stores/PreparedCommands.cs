using System.Data.Common;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>The statements of one connection, each prepared at its first use and kept. For one thread at a time.</summary>
/// <remarks>Reading is written asynchronously for databases across a network; SQLite completes every call at once.</remarks>
internal sealed class PreparedCommands(DbConnection connection, string tenant) : IStatementReader, IDisposable
{
    private readonly Dictionary<Statement, DbCommand> _commands = [];

    public int Run(Step step) => Bind(step.Statement, step.Values).ExecuteNonQuery();

    public int Run(Statement statement, params object?[] values) => Bind(statement, values).ExecuteNonQuery();

    /// <summary>The first row of a statement that also writes; <c>default</c> when there is none.</summary>
    public T? First<T>(Statement statement, Func<DbDataReader, T> read, params object?[] values)
    {
        using var rows = Bind(statement, values).ExecuteReader();
        return rows.Read() ? read(rows) : default;
    }

    public async ValueTask<T?> FirstAsync<T>(Statement statement, Func<DbDataReader, T> read, params object?[] values)
    {
        await using var rows = await Bind(statement, values).ExecuteReaderAsync();
        return await rows.ReadAsync() ? read(rows) : default;
    }

    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(Statement statement, Func<DbDataReader, T> read, params object?[] values)
    {
        await using var rows = await Bind(statement, values).ExecuteReaderAsync();
        return await AllAsync(rows, read);
    }

    /// <summary>For statements composed for one call: prepared, run and dropped.</summary>
    public async ValueTask<IReadOnlyList<T>> ListOnceAsync<T>(Statement statement, Func<DbDataReader, T> read, params object?[] values)
    {
        await using var command = Create(statement);
        Fill(command, statement, values);
        await using var rows = await command.ExecuteReaderAsync();
        return await AllAsync(rows, read);
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private DbCommand Bind(Statement statement, object?[] values)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            command = Create(statement);
            command.Prepare();
            _commands.Add(statement, command);
        }

        Fill(command, statement, values);
        return command;
    }

    private DbCommand Create(Statement statement)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this assembly or is composed of constants; values are parameters.
        command.CommandText = statement.Text;
#pragma warning restore CA2100
        foreach (var name in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = DBNull.Value;
            command.Parameters.Add(parameter);
        }

        if (statement.Text.Contains("@tenant", StringComparison.Ordinal))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@tenant";
            parameter.Value = tenant;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Fill(DbCommand command, Statement statement, object?[] values)
    {
        if (values.Length != statement.Parameters.Count)
        {
            throw new ArgumentException($"{values.Length} values for {statement.Parameters.Count} parameters of: {statement.Text}", nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private static async ValueTask<IReadOnlyList<T>> AllAsync<T>(DbDataReader rows, Func<DbDataReader, T> read)
    {
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }
}
