using System.Runtime.InteropServices;

namespace ServiceDeskBot.Storage.Sqlite;

/// <summary>
/// SQLite's own functions for a statement that is prepared already, as its C interface names them. The package's wrappers count
/// a handle's users and change the runtime's mode at each of the hundreds of calls of a turn; here a statement has one user, and
/// what only reads or writes a field of it is called as it is.
/// </summary>
internal static partial class SqliteCalls
{
    /// <summary>The file that comes with the package <c>SQLitePCLRaw.bundle_e_sqlite3</c>.</summary>
    private const string Library = "e_sqlite3";

    /// <summary>SQLite copies the text before the call ends.</summary>
    private const nint Transient = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static partial int BindNull(nint statement, int position);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static partial int BindInteger(nint statement, int position, long value);

    /// <param name="utf8">Not empty: what has no address is NULL.</param>
    public static int BindText(nint statement, int position, ReadOnlySpan<byte> utf8) => BindText(statement, position, utf8, utf8.Length, Transient);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    public static partial int ColumnType(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    public static partial long ColumnInteger(nint statement, int column);

    /// <summary>Valid until the statement goes on.</summary>
    public static unsafe ReadOnlySpan<byte> ColumnBytes(nint statement, int column)
    {
        var bytes = Blob(statement, column);
        return new ReadOnlySpan<byte>(bytes, Length(statement, column));
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    private static partial int BindText(nint statement, int position, ReadOnlySpan<byte> utf8, int length, nint copy);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    private static unsafe partial byte* Blob(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    private static partial int Length(nint statement, int column);
}
