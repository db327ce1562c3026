namespace ServiceDeskBot.Storage.Stores;

/// <summary>Hands out ticket numbers from a block that was taken durably before its first number is given: a crash loses numbers, it never repeats one.</summary>
/// <param name="take">Takes that many numbers; answers the one after the last.</param>
internal sealed class TicketNumbers(Func<int, Task<long>> take) : IDisposable
{
    private const int BlockSize = 64;

    private readonly SemaphoreSlim _taking = new(1, 1);
    private readonly Lock _block = new();
    private long _next;
    private long _end;

    public async ValueTask<long> NextAsync(CancellationToken cancellationToken)
    {
        long number;
        while (!TryNext(out number))
        {
            await TakeBlockAsync(cancellationToken);
        }

        return number;
    }

    /// <summary>What is left of the block, which is not given out any more.</summary>
    public (long Unused, long End) Close()
    {
        lock (_block)
        {
            var left = (_next, _end);
            _next = _end;
            return left;
        }
    }

    public void Dispose() => _taking.Dispose();

    private bool TryNext(out long number)
    {
        lock (_block)
        {
            number = _next;
            if (_next == _end)
            {
                return false;
            }

            _next++;
            return true;
        }
    }

    private async Task TakeBlockAsync(CancellationToken cancellationToken)
    {
        await _taking.WaitAsync(cancellationToken);
        try
        {
            if (IsUsedUp())
            {
                var end = await take(BlockSize);
                lock (_block)
                {
                    (_next, _end) = (end - BlockSize, end);
                }
            }
        }
        finally
        {
            _taking.Release();
        }
    }

    private bool IsUsedUp()
    {
        lock (_block)
        {
            return _next == _end;
        }
    }
}
