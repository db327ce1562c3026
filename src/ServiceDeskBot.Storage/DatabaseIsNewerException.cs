namespace ServiceDeskBot.Storage;

/// <summary>A later release has changed the schema: this one must not touch it.</summary>
public sealed class DatabaseIsNewerException(string database, int found, int known)
    : Exception($"The database {database} has schema version {found}, but this program knows only up to {known}. Run the release that wrote it, or a later one.");
