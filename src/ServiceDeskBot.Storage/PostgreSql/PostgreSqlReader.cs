using System.Data.Common;
using Npgsql;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>Reads one state of the database, however long it takes: a transaction that begins with the first statement and ends with the reader.</summary>
internal sealed class PostgreSqlReader(PostgreSqlDatabase database) : IStatementReader, IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    public ValueTask<T?> FirstAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values) =>
        ReadAsync(statement.With(values), rows => PostgreSqlDatabase.FirstAsync(rows, read));

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values) =>
        ReadAsync(statement.With(values), rows => PostgreSqlDatabase.AllAsync(rows, read))!;

    public ValueTask<IReadOnlyList<T>> ListOnceAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values) =>
        ListAsync(statement, read, values);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            try
            {
                await _transaction!.DisposeAsync();
                await _connection.DisposeAsync();
            }
            catch (Exception failure) when (PostgreSqlFailures.IsOfTheServer(failure))
            {
                // Everything was read; the connection that broke is not used again.
            }
        }
    }

    private async ValueTask<T?> ReadAsync<T>(Step step, Func<DbDataReader, ValueTask<T>> read)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await database.ConnectAsync();

                // Sent together with the first statement.
                _transaction = await _connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            }

            await using var batch = database.Batch(_connection, [step]);
            await using var rows = await batch.ExecuteReaderAsync();
            return await read(rows);
        }
        catch (Exception failure) when (PostgreSqlFailures.IsOfTheServer(failure))
        {
            throw PostgreSqlFailures.Unavailable(failure);
        }
    }
}
