using System.Data.Common;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>The desk in a PostgreSQL database, which any number of replicas may share with nothing else between them.</summary>
/// <remarks>
/// What was handed in is carried out even if its caller stops waiting for it: cancellation is looked at before, never in the middle of a commit.
/// </remarks>
public sealed class PostgreSqlDeskStore : IDeskStore, ISharedStore, IAsyncDisposable
{
    private const string Tenant = "default";
    private const int ForgottenAtOnce = 500;

    /// <summary>A server takes a hundred unless it is told otherwise; with these, four replicas fit. Twice as many carried out no more turns.</summary>
    private const int MostConnections = 20;

    /// <summary>While a replica sends, it looks for more so often: each look costs the server as much as sending does.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>PostgreSQL shows each row's transaction and place; these belong to a whole week of a team, not to one answer.</summary>
    private static readonly Statement Mix = new(
        """
        WITH taken AS (DELETE FROM anonymous_feedback WHERE tenant_id = @tenant AND team = @team AND week = @week RETURNING *)
        INSERT INTO anonymous_feedback SELECT * FROM taken ORDER BY shuffle
        """);

    private readonly TimeProvider _clock;
    private readonly PostgreSqlDatabase _database;
    private readonly Replica _replica;
    private readonly UnitSteps _steps;
    private readonly TicketNumbers _numbers;
    private bool _closed;

    /// <param name="connectionString">As Npgsql takes it, e.g. <c>Host=db;Database=desk;Username=desk;Password=…</c>.</param>
    public PostgreSqlDeskStore(string connectionString, TimeProvider clock)
    {
        _clock = clock;
        _database = new PostgreSqlDatabase(connectionString, Tenant, MostConnections);
        _replica = new Replica(connectionString, Tenant);
        _steps = new UnitSteps(clock, PostgreSqlInbox.Mark);
        _numbers = new TicketNumbers(TakeNumbersAsync);
    }

    /// <summary>What is wrong with a connection string; <c>null</c> when nothing is.</summary>
    public static string? FaultOf(string connectionString) => PostgreSqlDatabase.FaultOf(connectionString);

    /// <summary>Database and server, for messages.</summary>
    public string Name => _database.Name;

    /// <inheritdoc/>
    public Action<IReadOnlyList<string>>? ChangedElsewhere
    {
        get => _replica.ChangedElsewhere;
        set => _replica.ChangedElsewhere = value;
    }

    /// <inheritdoc/>
    /// <exception cref="DatabaseIsNewerException">A later release changed the database.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PostgreSqlMigrations.ApplyAsync(_database.Pool, Migration.Of("PostgreSql"), _clock, cancellationToken);
        }
        catch (Exception failure) when (failure is DbException || PostgreSqlFailures.IsOfTheServer(failure))
        {
            throw new StoreUnavailableException($"The database {Name} does not open: {failure.Message}", failure);
        }

        await _replica.JoinAsync();
    }

    /// <inheritdoc/>
    /// <exception cref="DatabaseIsNewerException">A later release changed the database.</exception>
    public async Task<bool> LookInAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PostgreSqlMigrations.CheckAsync(_database.Pool, Migration.Of("PostgreSql"), cancellationToken);
        }
        catch (Exception failure) when (failure is DbException || PostgreSqlFailures.IsOfTheServer(failure))
        {
            throw new StoreUnavailableException($"The database {Name} does not open: {failure.Message}", failure);
        }
    }

    public ValueTask<IDeskSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = new PostgreSqlReader(_database);
        return new ValueTask<IDeskSnapshot>(new DeskSnapshot(reader, reader.DisposeAsync));
    }

    public async ValueTask<IDeskSnapshot> SnapshotAsync(Turn turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await TurnSnapshot.ReadAsync(turn, _database);
    }

    public Task<bool> HasMailOfAsync(string channel, string account, CancellationToken cancellationToken) =>
        FirstAsync(PeopleSql.HasMail.With(channel, account), static _ => true, cancellationToken);

    public async Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await _database.ApplyAsync(InOrder(_steps.Of(unit)));
        if (result == CommitResult.Done)
        {
            _replica.Tell(unit);
        }

        return result;
    }

    public Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Step[] steps =
        [
            PostgreSqlInbox.Arrive.With(turn.Place.Key),
            PostgreSqlInbox.Accept.With(turn.Key, turn.Place.Key, Stored.Json(turn), Stored.Moment(_clock.GetUtcNow()), _replica.Id),
            InboxSql.Find.With(turn.Key),
        ];
        return _database.AskAsync(async connection =>
        {
            await using var batch = _database.Batch(connection, steps);
            await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None);
            await rows.NextResultAsync(CancellationToken.None);
            var isNew = await rows.ReadAsync(CancellationToken.None);
            await rows.NextResultAsync(CancellationToken.None);
            await rows.ReadAsync(CancellationToken.None);
            var known = InboxSql.Known(new PostgreSqlRow(rows));
            await rows.NextResultAsync(CancellationToken.None);
            return known with { IsNew = isNew };
        });
    }

    public Task<IReadOnlyList<InboxRow>> UndoneTurnsAsync(CancellationToken cancellationToken) =>
        ListAsync(PostgreSqlInbox.TakeUndone.With(_replica.Id), InboxSql.Row, cancellationToken);

    public Task<IReadOnlyList<InboxRow>> AbandonedTurnsAsync(CancellationToken cancellationToken) =>
        ListAsync(PostgreSqlInbox.TakeAbandoned.With(_replica.Id), InboxSql.Row, cancellationToken);

    public async Task<TurnProgress> ProgressAsync(long seq, Turn turn, CancellationToken cancellationToken) =>
        await FirstAsync(PostgreSqlInbox.Progress.With(seq), row => new TurnProgress(row.JsonOrNull<Answer>(0), row.GetInt32(1) != 0), cancellationToken)
        ?? new TurnProgress(Given: null, IsNext: true);

    public ValueTask<long> NextNumberAsync(CancellationToken cancellationToken) => _numbers.NextAsync(cancellationToken);

    public async Task<IReadOnlyList<OutboxMessage>> DueMessagesAsync(
        DateTimeOffset now, IReadOnlyCollection<string> busyLanes, int limit, CancellationToken cancellationToken)
    {
        if (busyLanes.Count > 0)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var busy = busyLanes.ToHashSet(StringComparer.Ordinal);
        Step[] steps = [PostgreSqlOutbox.NotDurable.With(), PostgreSqlOutbox.TakeDue.With(Stored.Moment(now), busyLanes.ToArray(), _replica.Id, limit)];
        var due = await _database.ReadLastAsync(steps, rows => PostgreSqlDatabase.AllAsync(rows, OutboxSql.Row));

        // What waits in its old lane for a conversation that is being sent to by now stays taken, and is taken again next time.
        return [.. due.Where(message => busy.Add(message.Lane))];
    }

    public Task<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellationToken) => FirstAsync(OutboxSql.NextDue.With(), row => row.MomentOrNull(0), cancellationToken);

    public Task MarkSentAsync(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at, CancellationToken cancellationToken) =>
        ApplyAsync(OutboxSql.MarkSent(message, sent, at), cancellationToken);

    public Task HoldAsync(OutboxMessage message, DateTimeOffset until, string reason, CancellationToken cancellationToken) =>
        ApplyAsync([OutboxSql.Hold.With(Stored.Moment(until), reason, message.Id)], cancellationToken);

    public Task BuryAsync(OutboxMessage message, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        ApplyAsync(OutboxSql.Bury(message, reason, at), cancellationToken);

    public Task<IReadOnlyList<DueTimer>> DueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ListAsync(TimerSql.Due.With(Stored.Moment(now), limit), TimerSql.Row, cancellationToken);

    public Task<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken) => FirstAsync(TimerSql.NextDue.With(), row => row.MomentOrNull(0), cancellationToken);

    public async Task ForgetAsync(DateTimeOffset inboxBefore, DateTimeOffset outboxBefore, CancellationToken cancellationToken)
    {
        await ForgetAsync(PostgreSqlForgetting.DoneTurns, inboxBefore, cancellationToken);
        await ForgetAsync(PostgreSqlForgetting.FailedTurns, inboxBefore, cancellationToken);
        await ForgetAsync(PostgreSqlForgetting.Messages, outboxBefore, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SharedModels?> ModelsAsync(string mark, CancellationToken cancellationToken) =>
        FirstAsync(ModelSql.Read.With(mark), row => new SharedModels(row.GetString(0), row.GetBytes(1), row.GetBytes(2)), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> PutModelsAsync(SharedModels models, string seen, CancellationToken cancellationToken) =>
        await ApplyAsync([ModelSql.Put.MustChange(models.Mark, models.Running, models.Previous, seen)], cancellationToken) == CommitResult.Done;

    public async ValueTask DisposeAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        await GiveBackNumbersAsync();
        await _replica.DisposeAsync();
        await _database.DisposeAsync();
        _numbers.Dispose();
    }

    /// <summary>The mark first: a turn whose turn it is not ends there.</summary>
    private static IEnumerable<Step> InOrder(IReadOnlyList<Step> steps) =>
        steps.OrderByDescending(step => step.Statement == InboxSql.Take || step.Statement == PostgreSqlInbox.Mark.Done || step.Statement == PostgreSqlInbox.Mark.Failed)
            .SelectMany<Step, Step>(step => step.Statement == FeedbackSql.PutAnonymous ? [step, Mix.With(step.Values[0], step.Values[1])] : [step]);

    private Task<T?> FirstAsync<T>(Step step, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _database.FirstAsync(step, read);
    }

    private Task<IReadOnlyList<T>> ListAsync<T>(Step step, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _database.ListAsync(step, read);
    }

    private Task<CommitResult> ApplyAsync(IEnumerable<Step> steps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _database.ApplyAsync(steps);
    }

    private Task<long> TakeNumbersAsync(int count) => _replica.TakeNumbersAsync(count);

    private async Task GiveBackNumbersAsync()
    {
        var (unused, end) = _numbers.Close();
        try
        {
            await _database.RunAsync(SequenceSql.GiveBack.With(unused, SequenceSql.Tickets, end));
        }
        catch (StoreUnavailableException)
        {
            // A gap in the numbers is allowed.
        }
    }

    // In small portions, so that nobody waits long for a row.
    private async Task ForgetAsync(Statement statement, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int forgotten;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            forgotten = await _database.RunAsync(statement.With(Stored.Moment(before), ForgottenAtOnce));
        }
        while (forgotten == ForgottenAtOnce);
    }
}
