using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>The desk in one SQLite file, for one process.</summary>
/// <remarks>
/// What was handed in is carried out even if its caller stops waiting for it: cancellation is looked at before, never in the middle of a commit.
/// </remarks>
public sealed class SqliteDeskStore : IDeskStore, IAsyncDisposable
{
    private const string Tenant = "default";
    private const int ForgottenAtOnce = 500;

    private readonly TimeProvider _clock;
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly UnitSteps _steps;
    private readonly TicketNumbers _numbers;
    private SqliteFileLock? _lock;

    /// <param name="connectionString">E.g. <c>Data Source=data/desk.db</c>; a relative path is relative to the working directory.</param>
    public SqliteDeskStore(string connectionString, TimeProvider clock)
        : this(connectionString, clock, onCallersThread: false)
    {
    }

    /// <param name="onCallersThread">True: everything happens on the thread that asks, which must be the only one.</param>
    internal SqliteDeskStore(string connectionString, TimeProvider clock, bool onCallersThread)
    {
        _clock = clock;
        _file = new SqliteFile(connectionString);
        _writer = new SqliteWriter(_file, Tenant, clock, onCallersThread);
        _readers = new SqliteReaders(_file, Tenant);
        _steps = new UnitSteps(clock, InboxSql.Mark);
        _numbers = new TicketNumbers(TakeNumbersAsync);
    }

    /// <summary>The full path of the file.</summary>
    public string Path => _file.Path;

    /// <inheritdoc/>
    /// <exception cref="DatabaseInUseException">Another process serves the file.</exception>
    /// <exception cref="DatabaseIsNewerException">A later release wrote the file.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_file.Path)!);
        _lock = SqliteFileLock.Take(_file.Path);
        await _writer.OpenAsync();
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">An earlier release wrote the file.</exception>
    /// <exception cref="DatabaseIsNewerException">A later release wrote the file.</exception>
    public Task<bool> LookInAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!File.Exists(_file.Path))
        {
            return Task.FromResult(false);
        }

        using var connection = _file.OpenForReading();
        SqliteMigrations.Check(connection, Migration.Of("Sqlite"));
        return Task.FromResult(true);
    }

    public ValueTask<IDeskSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IDeskSnapshot>(_readers.Snapshot());
    }

    public Task<bool> HasMailOfAsync(string channel, string account, CancellationToken cancellationToken) =>
        ReadAsync(statements => statements.FirstAsync(PeopleSql.HasMail, static _ => true, channel, account), cancellationToken);

    public Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _writer.ApplyAsync(_steps.Of(unit));
    }

    public Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        object[] row = [turn.Key, turn.Place.Key, Stored.Json(turn), Stored.Moment(_clock.GetUtcNow())];
        return _writer.AskAsync(statements => statements.First(InboxSql.Accept, InboxSql.Seq, row) is var seq and > 0
            ? new Accepted(seq, IsNew: true, Answer: null)
            : statements.First(InboxSql.Find, InboxSql.Known, turn.Key)!);
    }

    public Task<IReadOnlyList<InboxRow>> UndoneTurnsAsync(CancellationToken cancellationToken) =>
        ReadAsync(statements => statements.ListAsync(InboxSql.Undone, InboxSql.Row), cancellationToken);

    public ValueTask<long> NextNumberAsync(CancellationToken cancellationToken) => _numbers.NextAsync(cancellationToken);

    public Task<IReadOnlyList<OutboxMessage>> DueMessagesAsync(
        DateTimeOffset now, IReadOnlyCollection<string> busyLanes, int limit, CancellationToken cancellationToken) =>
        ReadAsync(statements => OutboxSql.DueAsync(statements, now, busyLanes, limit), cancellationToken);

    public Task<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellationToken) =>
        ReadAsync(statements => statements.FirstAsync(OutboxSql.NextDue, row => row.MomentOrNull(0)), cancellationToken);

    public Task MarkSentAsync(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at, CancellationToken cancellationToken) =>
        ApplyAsync(OutboxSql.MarkSent(message, sent, at), cancellationToken);

    public Task HoldAsync(OutboxMessage message, DateTimeOffset until, string reason, CancellationToken cancellationToken) =>
        ApplyAsync([OutboxSql.Hold.With(Stored.Moment(until), reason, message.Id)], cancellationToken);

    public Task BuryAsync(OutboxMessage message, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        ApplyAsync(OutboxSql.Bury(message, reason, at), cancellationToken);

    public Task<IReadOnlyList<DueTimer>> DueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ReadAsync(statements => statements.ListAsync(TimerSql.Due, TimerSql.Row, Stored.Moment(now), limit), cancellationToken);

    public Task<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken) =>
        ReadAsync(statements => statements.FirstAsync(TimerSql.NextDue, row => row.MomentOrNull(0)), cancellationToken);

    public async Task ForgetAsync(DateTimeOffset inboxBefore, DateTimeOffset outboxBefore, CancellationToken cancellationToken)
    {
        await ForgetAsync(InboxSql.ForgetDone, inboxBefore, cancellationToken);
        await ForgetAsync(InboxSql.ForgetFailed, inboxBefore, cancellationToken);
        await ForgetAsync(OutboxSql.Forget, outboxBefore, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lock is null)
        {
            await _readers.DisposeAsync();
            return;
        }

        var (unused, end) = _numbers.Close();
        _ = _writer.AskAsync(statements => statements.Run(SequenceSql.GiveBack, unused, SequenceSql.Tickets, end));
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _numbers.Dispose();
        _lock.Dispose();
        _lock = null;
    }

    private Task<T> ReadAsync<T>(Func<SqliteStatements, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _readers.ReadAsync(read);
    }

    private Task<CommitResult> ApplyAsync(IEnumerable<Step> steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _writer.ApplyAsync([.. steps]);
    }

    private Task<long> TakeNumbersAsync(int count) => _writer.AskAsync(
        statements => statements.First(SequenceSql.Take, SequenceSql.Next, SequenceSql.Tickets, SequenceSql.First, count));

    // In small portions, so that turns get their commits in between.
    private async Task ForgetAsync(Statement statement, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int forgotten;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            forgotten = await _writer.AskAsync(statements => statements.Run(statement, Stored.Moment(before), ForgottenAtOnce));
        }
        while (forgotten == ForgottenAtOnce);
    }
}
