using System.Data.Common;
using Npgsql;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>The connections to one database. Whatever is asked goes out as one batch, which is one round trip and, if it writes, one transaction.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool;
    private readonly string _tenant;

    public PostgreSqlDatabase(string connectionString, string tenant, int most)
    {
        if (FaultOf(connectionString) is { } fault)
        {
            throw new ArgumentException(fault, nameof(connectionString));
        }

        // Nothing is set for a session that its next user would have to be spared, and the reset is seven statements for each use.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        settings.ApplicationName ??= "ServiceDeskBot";

        // One plan for all values: what a turn reads goes by keys, and the server would plan it anew each time, which takes longer than to carry it out.
        settings.Options = $"{settings.Options} -c plan_cache_mode=force_generic_plan".TrimStart();
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, most);
        _tenant = tenant;
        _pool = NpgsqlDataSource.Create(settings);
        Name = $"{settings.Database} on {settings.Host}";
    }

    public static string? FaultOf(string connectionString)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host) ? "It names no Host." : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            return wrong.Message;
        }
    }

    /// <summary>For messages: without user or password.</summary>
    public string Name { get; }

    public NpgsqlDataSource Pool => _pool;

    public ValueTask<NpgsqlConnection> ConnectAsync() => _pool.OpenConnectionAsync();

    public NpgsqlBatch Batch(NpgsqlConnection connection, IEnumerable<Step> steps)
    {
        var batch = connection.CreateBatch();
        foreach (var step in steps)
        {
            batch.BatchCommands.Add(PositionalSql.Command(step, _tenant));
        }

        return batch;
    }

    /// <summary>Writes all or nothing. The transaction is the batch's own, so that nothing is locked while the network is waited for.</summary>
    public Task<CommitResult> ApplyAsync(IEnumerable<Step> steps) => AskAsync(async connection =>
    {
        await using var batch = Batch(connection, steps);
        try
        {
            await batch.ExecuteNonQueryAsync();
            return CommitResult.Done;
        }
        catch (PostgresException met) when (PostgreSqlFailures.Conflict(met) is { } result)
        {
            return result;
        }
    });

    /// <summary>Runs the steps and reads what the last one answers.</summary>
    /// <param name="steps">Each a SELECT or RETURNING something: the driver passes over a statement that cannot answer rows.</param>
    public Task<T> ReadLastAsync<T>(IReadOnlyList<Step> steps, Func<DbDataReader, ValueTask<T>> read) => AskAsync(async connection =>
    {
        await using var batch = Batch(connection, steps);
        await using var rows = await batch.ExecuteReaderAsync();
        for (var i = 1; i < steps.Count; i++)
        {
            await rows.NextResultAsync();
        }

        var result = await read(rows);

        // A statement's failure may come after its rows, and a batch has committed only when it is read to its end.
        while (await rows.NextResultAsync())
        {
        }

        return result;
    });

    public Task<IReadOnlyList<T>> ListAsync<T>(Step step, Func<IRow, T> read) => ReadLastAsync([step], rows => AllAsync(rows, read));

    public Task<T?> FirstAsync<T>(Step step, Func<IRow, T> read) => ReadLastAsync([step], rows => FirstAsync(rows, read));

    public async Task<int> RunAsync(Step step) => await AskAsync(async connection =>
    {
        await using var batch = Batch(connection, [step]);
        return await batch.ExecuteNonQueryAsync();
    });

    public static async ValueTask<T?> FirstAsync<T>(DbDataReader rows, Func<IRow, T> read) => await rows.ReadAsync() ? read(new PostgreSqlRow(rows)) : default;

    public static async ValueTask<IReadOnlyList<T>> AllAsync<T>(DbDataReader rows, Func<IRow, T> read)
    {
        var all = new List<T>();
        var row = new PostgreSqlRow(rows);
        while (await rows.ReadAsync())
        {
            all.Add(read(row));
        }

        return all;
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    /// <exception cref="StoreUnavailableException">The server does not answer. Whether a write came through is then unknown.</exception>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            await using var connection = await ConnectAsync();
            return await work(connection);
        }
        catch (Exception failure) when (PostgreSqlFailures.IsOfTheServer(failure))
        {
            // After a restart the idle connections are broken as well.
            _pool.Clear();
            throw PostgreSqlFailures.Unavailable(failure);
        }
    }
}
