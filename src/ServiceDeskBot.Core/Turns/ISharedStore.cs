namespace ServiceDeskBot.Core.Turns;

/// <summary>A store that several replicas share.</summary>
public interface ISharedStore
{
    /// <summary>Called when another replica has stored something, with the ids of the tickets it changed. May be missed: the store is looked at now and then anyhow.</summary>
    Action<IReadOnlyList<string>>? ChangedElsewhere { get; set; }
}
