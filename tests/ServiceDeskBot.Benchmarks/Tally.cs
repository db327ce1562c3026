using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ServiceDeskBot.Commands;
using ServiceDeskBot.Storage.Sqlite;

namespace ServiceDeskBot.Benchmarks;

/// <summary>
/// Runs the desk in this process and counts what it asks of SQLite, what it allocates and what it writes. The first SIGHUP
/// begins the count, the second prints it per request. SQLite's own trace is used, so that the desk itself needs nothing for it.
/// </summary>
internal static partial class Tally
{
    private const string Library = "e_sqlite3";
    private const uint Profile = 2;
    private const int VmSteps = 4;
    private const int PagesWritten = 9;

    private static readonly ConcurrentDictionary<string, Count> Counts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, string> Texts = new();
    private static readonly ConcurrentDictionary<nint, int> Pages = new();
    private static (long Allocated, int Collections, long Written, int Pages)? _before;

    /// <param name="requests">By how many everything is divided.</param>
    public static async Task<int> RunAsync(int requests, string[] args)
    {
        // The store chooses how SQLite runs before anything else uses it.
        await using (new SqliteDeskStore("Data Source=unused.db", TimeProvider.System))
        {
            TraceEveryConnection();
        }

        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Turn(requests);
        });
        return await DeskCommands.RunAsync(args, Console.Out, Console.Error);
    }

    private static unsafe void TraceEveryConnection() => _ = AutoExtension((nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&Opened);

    private static void Turn(int requests)
    {
        var now = (GC.GetTotalAllocatedBytes(), GC.CollectionCount(0), Written(), Pages.Values.Sum());
        if (_before is not { } before)
        {
            _before = now;
            Counts.Clear();
            return;
        }

        Console.WriteLine($"{"per request",-14}{"µs",10}{"steps",10}  statement");
        foreach (var (text, count) in Counts.OrderByDescending(one => one.Value.Nanoseconds))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)count.Runs / requests,-14:0.000}{count.Nanoseconds / 1000.0 / requests,10:0.0}{(double)count.Steps / requests,10:0.0}  {text}"));
        }

        var all = Counts.Values.Sum(count => count.Runs);
        var commits = Counts.Where(one => one.Key.StartsWith("BEGIN IMMEDIATE", StringComparison.Ordinal)).Sum(one => one.Value.Runs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(double)all / requests:0.0} statements, {(double)commits / requests:0.000} durable commits, {(double)(now.Item4 - before.Pages) / requests:0.0} pages to the log, {(now.Item1 - before.Allocated) / requests:N0} bytes allocated, {(now.Item2 - before.Collections) * 1000.0 / requests:0.0} collections per 1,000, {(now.Item3 - before.Written) / requests:N0} bytes written to files and sockets"));
        _before = null;
    }

    /// <summary>Everything that went through write calls, sockets included.</summary>
    private static long Written() => long.Parse(
        File.ReadLines("/proc/self/io").First(line => line.StartsWith("wchar:", StringComparison.Ordinal)).AsSpan("wchar: ".Length), CultureInfo.InvariantCulture);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Opened(nint database, nint message, nint api) => Trace(database, Profile, &Ran, database);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Ran(uint what, nint database, nint statement, long* nanoseconds)
    {
        var text = Shortened(TextOf(statement));
        var count = Counts.GetOrAdd(text, static _ => new Count());
        Interlocked.Increment(ref count.Runs);
        Interlocked.Add(ref count.Nanoseconds, *nanoseconds);
        Interlocked.Add(ref count.Steps, StatementStatus(statement, VmSteps, 1));
        if (text == "COMMIT" && DatabaseStatus(database, PagesWritten, out var pages, out _, 0) == 0)
        {
            Pages[database] = pages;
        }

        return 0;
    }

    /// <remarks>Said anew at each statement, these words would be a good part of what is allocated.</remarks>
    private static unsafe string Shortened(nint text)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text));
        return Texts.GetOrAdd(hash.ToHashCode(), static (_, text) => Shorten(text), text);
    }

    private static string Shorten(nint text)
    {
        var words = string.Join(' ', Marshal.PtrToStringUTF8(text)!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 110 ? words[..110] + "…" : words;
    }

    private sealed class Count
    {
        public long Runs;
        public long Nanoseconds;
        public long Steps;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_auto_extension")]
    private static partial int AutoExtension(nint entry);

    [LibraryImport(Library, EntryPoint = "sqlite3_trace_v2")]
    private static unsafe partial int Trace(nint database, uint mask, delegate* unmanaged[Cdecl]<uint, nint, nint, long*, int> callback, nint context);

    [LibraryImport(Library, EntryPoint = "sqlite3_sql")]
    private static partial nint TextOf(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_stmt_status")]
    private static partial int StatementStatus(nint statement, int what, int reset);

    [LibraryImport(Library, EntryPoint = "sqlite3_db_status")]
    private static partial int DatabaseStatus(nint database, int what, out int current, out int highest, int reset);
}
