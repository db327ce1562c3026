using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Simulation.Time;
using ServiceDeskBot.Storage.Sqlite;

namespace ServiceDeskBot.Simulation.Hosts;

/// <summary>
/// The real SQLite store without its writer's thread: whoever asks stands still until it is written, so that there is
/// nothing beside the one thread. The file lies in memory where the machine has a place for that.
/// </summary>
internal sealed class SharedStore(VirtualTime time) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/desk-simulation-{Environment.ProcessId}-{Guid.NewGuid():n}")
        : Directory.CreateTempSubdirectory("desk-simulation-");

    private SqliteDeskStore? _file;
    private IDeskStore? _store;

    /// <summary>Every change of stored state has a number; what was read at one is true as long as it lasts.</summary>
    public long Changes { get; private set; }

    public string Folder => _folder.FullName;

    /// <summary>Puts something between the hosts and the store, which a test does to see that a broken store is noticed.</summary>
    public Func<IDeskStore, IDeskStore> Seen { get; set; } = store => store;

    /// <summary>As a new process does: whatever the old one had open is gone.</summary>
    public void Open()
    {
        InLockstep(async () =>
        {
            await DisposeStoreAsync();
            _file = new SqliteDeskStore($"Data Source={Path.Combine(_folder.FullName, "desk.db")}", time, onCallersThread: true);
            await _file.OpenAsync(CancellationToken.None);
            _store = Seen(_file);
            return true;
        });
    }

    /// <summary>Something may have changed: nobody may rely on what was read.</summary>
    public void Touch() => Changes++;

    public T Ask<T>(Func<IDeskStore, Task<T>> question) => InLockstep(() => question(_store!));

    public T Change<T>(Func<IDeskStore, Task<T>> change)
    {
        Changes++;
        return InLockstep(() => change(_store!));
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeStoreAsync();
        _folder.Delete(recursive: true);
    }

    private async Task DisposeStoreAsync()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync();
            _file = null;
        }
    }

    private static T InLockstep<T>(Func<Task<T>> work)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return work().GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
