namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// A bell for one who waits. A ring that nobody waits for is kept, and one is enough. Everything goes on where the
/// waiter awaits it: no thread of the pool is in between, so a simulation can decide the order of all that happens.
/// </summary>
internal sealed class WakeUp
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private bool _rung;

    public void Ring()
    {
        lock (_gate)
        {
            // Whoever has given up waiting meanwhile may have looked already: the ring is kept for the next time.
            _rung = _waiting?.TrySetResult() is not true;
            _waiting = null;
        }
    }

    /// <summary>Ends at the next ring (at once after a kept one), or after <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_rung)
            {
                _rung = false;
                return;
            }

            _waiting = waiting;
        }

        await using var limit = clock.CreateTimer(static over => ((TaskCompletionSource)over!).TrySetResult(), waiting, most, Timeout.InfiniteTimeSpan);
        await using var stop = cancellationToken.UnsafeRegister(static over => ((TaskCompletionSource)over!).TrySetCanceled(), waiting);
        await waiting.Task;
    }
}
