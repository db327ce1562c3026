using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>What every desk store keeps to. A database's tests only say how to make one.</summary>
public abstract partial class DeskStoreContract : IAsyncLifetime
{
    private readonly List<IDeskStore> _opened = [];

    protected ManualClock Clock { get; } = new();

    protected IDeskStore Store { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await CloseAsync(store);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A store on this test's own database, not open yet; each call gives a new one on the same data.</summary>
    protected abstract IDeskStore Create();

    protected static async Task CloseAsync(IDeskStore store) => await ((IAsyncDisposable)store).DisposeAsync();

    /// <summary>Closes the store and opens another on the same data.</summary>
    protected async Task ReopenAsync()
    {
        await CloseAsync(Store);
        Store = await OpenAsync();
    }

    protected Task<CommitResult> CommitAsync(params Write[] writes) => Store.CommitAsync(new UnitOfWork(writes), Stop);

    protected async Task DoneAsync(params Write[] writes) => Assert.Equal(CommitResult.Done, await CommitAsync(writes));

    protected async Task ConflictAsync(params Write[] writes) => Assert.Equal(CommitResult.Conflict, await CommitAsync(writes));

    /// <summary>Reads in a snapshot of its own.</summary>
    protected async Task<T> ReadAsync<T>(Func<IDeskSnapshot, ValueTask<T>> read)
    {
        await using var snapshot = await Store.SnapshotAsync(Stop);
        return await read(snapshot);
    }

    private async Task<IDeskStore> OpenAsync()
    {
        var store = Create();
        _opened.Add(store);
        await store.OpenAsync(Stop);
        return store;
    }
}
