using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Triage.Artefacts;

namespace ServiceDeskBot.Hosting;

/// <summary>Replicas run the same model: what was promoted lies in their database, and each one's folder follows it. A desk on SQLite has its folder alone.</summary>
public sealed class SharedShelf(ModelShelf shelf, IDeskStore store)
{
    /// <summary>Lays what was promoted elsewhere into the folder.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (await SharedAsync(cancellationToken) is { } shared && await shared.ModelsAsync(shelf.Note, cancellationToken) is { } other)
        {
            shelf.Lay(other);
        }
    }

    /// <summary>Changes the folder, and gives what came of it to the other replicas.</summary>
    /// <param name="change">A promotion or a rollback.</param>
    /// <returns>What came of it; <c>null</c> when somebody else promoted or took back a model at the same time: theirs holds.</returns>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    public async Task<TOutcome?> ChangeAsync<TOutcome>(Func<TOutcome> change, CancellationToken cancellationToken)
        where TOutcome : class
    {
        await FollowAsync(cancellationToken);
        var before = shelf.Note;
        var outcome = change();
        if (shelf.Note == before || await SharedAsync(cancellationToken) is not { } shared || await shared.PutModelsAsync(shelf.Content, before, cancellationToken))
        {
            return outcome;
        }

        await FollowAsync(cancellationToken);
        return null;
    }

    /// <summary>Null on SQLite, and where no desk was ever served.</summary>
    private async Task<ISharedStore?> SharedAsync(CancellationToken cancellationToken) =>
        store is ISharedStore shared && await store.LookInAsync(cancellationToken) ? shared : null;
}
