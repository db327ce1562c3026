namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>Keeps a second process away from the same file: SQLite itself would let it in, and two desks would send everything twice.</summary>
/// <remarks>The operating system frees the lock when the process ends, however it ends. The lock file stays: deleting it would race with the next owner.</remarks>
internal sealed class SqliteFileLock : IDisposable
{
    // EAGAIN on Linux and macOS, and Windows' sharing and lock violations.
    private static readonly int[] TakenCodes = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream _held;

    private SqliteFileLock(FileStream held) => _held = held;

    /// <exception cref="DatabaseInUseException">Somebody else holds it.</exception>
    public static SqliteFileLock Take(string database)
    {
        try
        {
            return new SqliteFileLock(new FileStream($"{database}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (TakenCodes.Contains(taken.HResult))
        {
            throw new DatabaseInUseException(database, taken);
        }
    }

    public void Dispose() => _held.Dispose();
}
