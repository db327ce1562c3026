
namespace ServiceDeskBot.Storage.Stores;

/// <summary>Runs statements that read, each database in its own way. Values are in the order of <see cref="Statement.Parameters"/>.</summary>
internal interface IStatementReader
{
    /// <summary>The first row; <c>default</c> when there is none.</summary>
    ValueTask<T?> FirstAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values);

    ValueTask<IReadOnlyList<T>> ListAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values);

    /// <summary>For statements composed for one call.</summary>
    ValueTask<IReadOnlyList<T>> ListOnceAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values);
}
