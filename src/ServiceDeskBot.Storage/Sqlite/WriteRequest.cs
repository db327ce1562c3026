using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>Something for the writer to do. Its task ends after the durable commit, or when it is known that there will be none.</summary>
internal abstract class WriteRequest
{
    /// <summary>Runs the statements. False: they must be undone, and only they. May be called again after everything was undone.</summary>
    public abstract bool Apply(SqliteStatements statements);

    public abstract void Complete();

    public abstract void Fail(Exception reason);
}

/// <summary>Applies a unit of work; a step that should have changed a row and did not makes it a conflict.</summary>
internal sealed class UnitRequest(IReadOnlyList<Step> steps) : WriteRequest
{
    private readonly TaskCompletionSource<CommitResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommitResult _result;

    public Task<CommitResult> Done => _done.Task;

    public override bool Apply(SqliteStatements statements)
    {
        foreach (var step in steps)
        {
            if (statements.Run(step) == 0 && step.MustChange)
            {
                _result = CommitResult.Conflict;
                return false;
            }
        }

        _result = CommitResult.Done;
        return true;
    }

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception reason) => _done.TrySetException(reason);
}

/// <summary>Writes and answers something that was read in the same transaction.</summary>
internal sealed class WriteRequest<T>(Func<SqliteStatements, T> work) : WriteRequest
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Done => _done.Task;

    public override bool Apply(SqliteStatements statements)
    {
        _result = work(statements);
        return true;
    }

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception reason) => _done.TrySetException(reason);
}
