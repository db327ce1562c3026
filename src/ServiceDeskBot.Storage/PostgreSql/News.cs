namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>What others shall hear, gathered until it is told.</summary>
internal sealed class News : IDisposable
{
    /// <summary>A notification takes 8,000 bytes.</summary>
    private const int MostTickets = 300;

    private readonly SemaphoreSlim _any = new(0, 1);
    private readonly Lock _gate = new();
    private HashSet<string> _tickets = new(StringComparer.Ordinal);
    private bool _pending;

    public void Add(IEnumerable<string> tickets)
    {
        lock (_gate)
        {
            _tickets.UnionWith(tickets);
            if (!_pending)
            {
                _pending = true;
                _any.Release();
            }
        }
    }

    /// <summary>Ends when there is something to tell; the ids, in as many messages as they need.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(CancellationToken cancellationToken)
    {
        await _any.WaitAsync(cancellationToken);
        HashSet<string> tickets;
        lock (_gate)
        {
            (tickets, _tickets, _pending) = (_tickets, new HashSet<string>(StringComparer.Ordinal), false);
        }

        return tickets.Count == 0 ? [""] : [.. tickets.Chunk(MostTickets).Select(chunk => string.Join(' ', chunk))];
    }

    public void Dispose() => _any.Dispose();
}
