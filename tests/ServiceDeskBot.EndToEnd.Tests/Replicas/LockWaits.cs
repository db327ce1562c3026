using System.Globalization;
using Npgsql;
using ServiceDeskBot.EndToEnd.Tests.Running;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>Looks ten times a second what the desk's connections are at: working, or waiting for a lock that another one holds.</summary>
internal sealed class LockWaits(PostgreSqlCluster server) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private long _active;
    private long _waiting;

    public async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var (active, waiting) = await CountAsync();
                (_active, _waiting) = (_active + active, _waiting + waiting);
            }
            catch (Exception away) when (away is NpgsqlException or IOException)
            {
                // The server is being restarted.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public async Task StopAsync(Task looking)
    {
        await _stop.CancelAsync();
        await looking;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_waiting} of {_active} samples of busy connections waited for a lock ({100.0 * _waiting / Math.Max(1, _active):0.0} %)");

    public void Dispose() => _stop.Dispose();

    private async Task<(long Active, long Waiting)> CountAsync()
    {
        var both = await server.ReadAsync<string>(
            "SELECT count(*) || ' ' || count(*) FILTER (WHERE wait_event_type = 'Lock') FROM pg_stat_activity WHERE application_name = 'ServiceDeskBot' AND state = 'active'");
        var counts = both.Split(' ');
        return (long.Parse(counts[0], CultureInfo.InvariantCulture), long.Parse(counts[1], CultureInfo.InvariantCulture));
    }
}
