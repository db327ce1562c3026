using Npgsql;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>
/// This process among those that share the database: shows every two seconds that it lives, hears what others stored, and tells what it stored.
/// It has connections of its own, so that a crowd of turns cannot keep it silent. Its clock is the machine's: others wait for it in real time.
/// </summary>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>Who was not seen for so long is gone.</summary>
    public const string Lease = "interval '10 seconds'";

    private const string Channel = "desk";
    private const int Connections = 4;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Whoever hears something looks at messages and timers, which costs as much as a turn; the first news after a silence is told at once.</summary>
    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);

    /// <summary>The driver counts milliseconds, and takes none for ever.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly Statement Show = new(
        """
        INSERT INTO replicas (tenant_id, id, seen_at) VALUES (@tenant, @id, clock_timestamp())
        ON CONFLICT (tenant_id, id) DO UPDATE SET seen_at = excluded.seen_at
        """);

    private static readonly Statement Others = new(
        $"SELECT count(*) FROM replicas WHERE tenant_id = @tenant AND id <> @id AND seen_at > clock_timestamp() - {Lease}");

    private static readonly Statement Bury = new("DELETE FROM replicas WHERE tenant_id = @tenant AND seen_at < clock_timestamp() - interval '1 day'");

    private static readonly Statement Leave = new("DELETE FROM replicas WHERE tenant_id = @tenant AND id = @id");

    private static readonly Statement Notify = new("SELECT pg_notify(@channel, @payload)");

    private readonly PostgreSqlDatabase _database;
    private readonly News _news = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private volatile bool _hasOthers;

    public Replica(string connectionString, string tenant) => _database = new PostgreSqlDatabase(connectionString, tenant, Connections);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public Action<IReadOnlyList<string>>? ChangedElsewhere { get; set; }

    /// <summary>From here on others see this replica, and it hears them.</summary>
    public async Task JoinAsync()
    {
        await ShowAsync();
        _running = Task.WhenAll(LiveAsync(), TellAsync());
        await _joined.Task;
    }

    /// <summary>Something is stored that others may wait for.</summary>
    public void Tell(UnitOfWork unit)
    {
        if (_hasOthers)
        {
            _news.Add(unit.Writes.OfType<PutTicket>().Where(put => put.Ticket.Type != "query").Select(put => put.Ticket.Id));
        }
    }

    /// <remarks>On connections of its own: a turn that waits for its number may hold one of the others.</remarks>
    public async Task<long> TakeNumbersAsync(int count) =>
        await _database.FirstAsync(SequenceSql.Take.With(SequenceSql.Tickets, SequenceSql.First, count), SequenceSql.Next);

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _running;
        try
        {
            await _database.RunAsync(Leave.With(Id));
        }
        catch (StoreUnavailableException)
        {
            // Then the others find out by themselves.
        }

        await _database.DisposeAsync();
        _leaving.Dispose();
        _news.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                await ListenAsync();
            }
            catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Whoever asks the store hears of it; here only the connection is made anew, whatever it was: others take over the work of one that falls silent.
                await PauseAsync(AfterFailure);
            }
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = await _database.ConnectAsync();
        connection.Notification += (_, heard) => Hear(heard.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(_leaving.Token);
        }

        // Listening before looking who is there: of two that join together at least one sees the other, and says so.
        await ShowAsync();
        await NotifyAsync("");
        _joined.TrySetResult();

        // What was told before this moment was not heard.
        ChangedElsewhere?.Invoke([]);
        var seen = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var left = Beat - TimeProvider.System.GetElapsedTime(seen);
            if (left < Shortest)
            {
                seen = TimeProvider.System.GetTimestamp();
                await ShowAsync();
                left = Beat;
            }

            await connection.WaitAsync(left, _leaving.Token);
        }
    }

    private async Task ShowAsync()
    {
        await _database.ApplyAsync([PostgreSqlOutbox.NotDurable.With(), Bury.With(), Show.With(Id)]);
        _hasOthers = await _database.FirstAsync(Others.With(Id), row => row.GetInt64(0)) > 0;
    }

    private void Hear(string payload)
    {
        var words = payload.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && words[0] != Id)
        {
            _hasOthers = true;
            ChangedElsewhere?.Invoke(words[1..]);
        }
    }

    /// <summary>
    /// In a transaction of its own, and one for many commits: a commit that notifies holds a lock that all others wait for until it is on the disk.
    /// </summary>
    private async Task TellAsync()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                foreach (var tickets in await _news.NextAsync(_leaving.Token))
                {
                    await NotifyAsync(tickets);
                }
            }
            catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // They look by themselves now and then.
            }

            await PauseAsync(BetweenNews);
        }
    }

    private async Task NotifyAsync(string tickets) =>
        await _database.ApplyAsync([PostgreSqlOutbox.NotDurable.With(), Notify.With(Channel, $"{Id} {tickets}")]);

    private Task PauseAsync(TimeSpan time) =>
        Task.Delay(time, TimeProvider.System, _leaving.Token).ContinueWith(_ => { }, TaskScheduler.Default);
}
