namespace ServiceDeskBot.Core.Turns;

/// <summary>A store that several replicas share.</summary>
public interface ISharedStore
{
    /// <summary>Called when another replica has stored something, with the ids of the tickets it changed, queries left out. May be missed: the store is looked at now and then anyhow.</summary>
    Action<IReadOnlyList<string>>? ChangedElsewhere { get; set; }

    /// <summary>The promoted models of all replicas; <c>null</c> when none was ever promoted, or when they are the ones of this mark.</summary>
    /// <param name="mark"><see cref="SharedModels.Mark"/> of what the replica has; empty: nothing.</param>
    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    Task<SharedModels?> ModelsAsync(string mark, CancellationToken cancellationToken);

    /// <summary>Makes these the models of all replicas.</summary>
    /// <param name="seen">The mark of what they were chosen against; empty: nothing.</param>
    /// <returns>False when somebody has promoted or taken back another one since.</returns>
    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    Task<bool> PutModelsAsync(SharedModels models, string seen, CancellationToken cancellationToken);
}

/// <param name="Mark">Which version shall run since when; differs for every choice.</param>
/// <param name="Running">The artefact that runs; empty: the bundled one.</param>
/// <param name="Previous">The artefact that rollback brings back; empty: the bundled one.</param>
public sealed record SharedModels(string Mark, byte[] Running, byte[] Previous);
