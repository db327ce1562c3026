using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>
/// The one that writes: a thread of its own with its own connection. Whatever has arrived while the last commit went to the disk
/// shares the next one (group commit). A request that meets a conflict is undone alone.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostPerCommit = 512;

    // Where several ask at once, each commit lets a few more catch up: every page that they share is then written once for all.
    private const int Crowd = 4;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private static readonly Statement BeginCommit = new("BEGIN IMMEDIATE");
    private static readonly Statement EndCommit = new("COMMIT");
    private static readonly Statement UndoCommit = new("ROLLBACK");
    private static readonly Statement BeginRequest = new("SAVEPOINT request");
    private static readonly Statement EndRequest = new("RELEASE request");
    private static readonly Statement UndoRequest = new("ROLLBACK TO request");

    // The writer's thread waits on this channel and does nothing else meanwhile, so it may be woken on the asking thread.
    private readonly Channel<WriteRequest> _requests = Channel.CreateUnbounded<WriteRequest>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly ManualResetEventSlim _closing = new(false, spinCount: 0);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteFile _file;
    private readonly string _tenant;
    private readonly TimeProvider _clock;
    private readonly bool _onCallersThread;
    private SqliteConnection? _connection;
    private SqliteStatements? _statements;

    /// <param name="onCallersThread">True: no thread of its own, whoever asks commits at once. For callers that are one thread.</param>
    public SqliteWriter(SqliteFile file, string tenant, TimeProvider clock, bool onCallersThread)
    {
        _file = file;
        _tenant = tenant;
        _clock = clock;
        _onCallersThread = onCallersThread;
    }

    /// <summary>Starts the thread; ends when the schema is up to date.</summary>
    public Task OpenAsync()
    {
        if (_onCallersThread)
        {
            Connect();
            SqliteMigrations.Apply(_connection!, Migration.Of("Sqlite"), _clock);
            return Task.CompletedTask;
        }

        new Thread(Run) { IsBackground = true, Name = "desk-writer" }.Start();
        return _opened.Task;
    }

    public Task<CommitResult> ApplyAsync(IReadOnlyList<Step> steps)
    {
        var request = new UnitRequest(steps);
        Ask(request);
        return request.Done;
    }

    public Task<T> AskAsync<T>(Func<SqliteStatements, T> work)
    {
        var request = new WriteRequest<T>(work);
        Ask(request);
        return request.Done;
    }

    /// <summary>Takes no more; ends when everything taken is committed and the file is closed.</summary>
    public ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        _closing.Set();
        if (!_onCallersThread)
        {
            return new ValueTask(_ended.Task);
        }

        Disconnect();
        return ValueTask.CompletedTask;
    }

    private void Ask(WriteRequest request)
    {
        if (_onCallersThread && !_requests.Reader.Completion.IsCompleted)
        {
            Commit([request]);
        }
        else if (!_requests.Writer.TryWrite(request))
        {
            request.Fail(Unavailable(new ObjectDisposedException(nameof(SqliteDeskStore))));
        }
    }

    private void Run()
    {
        try
        {
            Connect();
            SqliteMigrations.Apply(_connection!, Migration.Of("Sqlite"), _clock);
            _opened.SetResult();
            CommitUntilClosed();
        }
        catch (Exception failure)
        {
            _requests.Writer.TryComplete();
            _opened.TrySetException(failure);
            while (_requests.Reader.TryRead(out var request))
            {
                request.Fail(Unavailable(failure));
            }
        }
        finally
        {
            Disconnect();
            _ended.SetResult();
        }
    }

    private void CommitUntilClosed()
    {
        var batch = new List<WriteRequest>(MostPerCommit);
        var crowded = false;
        while (_requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (crowded)
            {
                _closing.Wait(Gathering);
            }

            while (batch.Count < MostPerCommit && _requests.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            Commit(batch);
            crowded = batch.Count >= Crowd;
            batch.Clear();
        }
    }

    private void Commit(List<WriteRequest> batch)
    {
        try
        {
            Connect();
            _statements!.Run(BeginCommit);
            if (!batch.TrueForAll(request => IsApplied(request, _statements)))
            {
                // A savepoint copies every page before it is changed: only now, when one of them has to be undone, is that worth it.
                _statements.Run(UndoCommit);
                _statements.Run(BeginCommit);
                batch.ForEach(request => ApplyAlone(request, _statements));
            }

            _statements.Run(EndCommit);
        }
        catch (Exception failure)
        {
            // Whatever state the connection is in, a new one is in none; what was not committed is undone with the old.
            Disconnect();
            batch.ForEach(request => request.Fail(Unavailable(failure)));
            return;
        }

        batch.ForEach(request => request.Complete());
    }

    private static bool IsApplied(WriteRequest request, SqliteStatements statements)
    {
        try
        {
            return request.Apply(statements);
        }
        catch (Exception mistake) when (!IsOfTheDisk(mistake))
        {
            return false;
        }
    }

    private static void ApplyAlone(WriteRequest request, SqliteStatements statements)
    {
        statements.Run(BeginRequest);
        try
        {
            if (!request.Apply(statements))
            {
                statements.Run(UndoRequest);
            }
        }
        catch (Exception mistake) when (!IsOfTheDisk(mistake))
        {
            statements.Run(UndoRequest);
            request.Fail(mistake);
        }

        statements.Run(EndRequest);
    }

    /// <summary>True for what concerns the database as a whole and not the one request: busy, out of memory, read-only, I/O, corrupt, full, cannot open, protocol, not a database.</summary>
    private static bool IsOfTheDisk(Exception failure) => failure is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 15 or 26 };

    private StoreUnavailableException Unavailable(Exception reason) => new($"The database {_file.Path} cannot be written: {reason.Message}", reason);

    private void Connect()
    {
        if (_connection is null)
        {
            _connection = _file.OpenForWriting();
            _statements = new SqliteStatements(_connection, _tenant);
        }
    }

    private void Disconnect()
    {
        _statements?.Dispose();
        _connection?.Dispose();
        (_statements, _connection) = (null, null);
    }
}
