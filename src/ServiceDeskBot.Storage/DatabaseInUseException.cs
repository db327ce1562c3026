namespace ServiceDeskBot.Storage;

/// <summary>Another process serves this database file.</summary>
public sealed class DatabaseInUseException(string file, Exception inner)
    : Exception($"The database {file} is in use by another running desk. Stop that one first, or give this one a file of its own.", inner);
