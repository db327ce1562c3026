using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ServiceDeskBot.Benchmarks;

/// <summary>The floor is a bare endpoint that stores nothing; the peers are echoes too; the desk does its whole work. Counted: the desk, slower, saying what that is.</summary>
internal enum BotKind { Floor, BotBuilder, Bolt, Desk, Counted }

/// <summary>The bot that is measured, alone on the first core.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    private readonly Process _process;

    private BotProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Processor time it has used so far.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now, in MiB.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <param name="published">The desk to start; a counted one runs in this program instead.</param>
    /// <param name="requests">How many are measured.</param>
    public static async Task<BotProcess> StartAsync(BotKind kind, PublishedDesk? published, string stubUrl, string dataPath, int requests)
    {
        var address = FreeAddress();
        string[] command = kind switch
        {
            BotKind.Floor => ["dotnet", Path.Combine(AppContext.BaseDirectory, "ServiceDeskBot.Benchmarks.dll"), "echo", address.ToString(), stubUrl],
            BotKind.Desk or BotKind.Counted =>
            [
                .. kind == BotKind.Desk
                    ? (string[])[published!.Program]
                    : ["dotnet", Path.Combine(AppContext.BaseDirectory, "ServiceDeskBot.Benchmarks.dll"), "desk", requests.ToString(CultureInfo.InvariantCulture)],
                .. Settings(address, stubUrl, dataPath),
            ],
            _ => Peers.Command(kind, address, stubUrl),
        };
        string[] pinned = Environment.ProcessorCount >= 2 ? ["taskset", "-c", "0", .. command] : command;
        var start = new ProcessStartInfo(pinned[0], pinned[1..]);
        var bot = new BotProcess(Process.Start(start)!, address);
        await bot.ReadyAsync();
        return bot;
    }

    /// <summary>One of several desks on one PostgreSQL; the cores are for all.</summary>
    public static async Task<BotProcess> StartReplicaAsync(PublishedDesk published, string stubUrl, string dataPath, string connection)
    {
        var address = FreeAddress();
        var bot = new BotProcess(Process.Start(published.Program, [.. Settings(address, stubUrl, dataPath), "--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={connection}"]), address);
        await bot.ReadyAsync();
        return bot;
    }

    private static string[] Settings(Uri address, string stubUrl, string dataPath) =>
    [
        "--environment", "Development", "--urls", address.ToString(), $"--Data:Path={dataPath}", $"--Desk:Path={DeskIn(dataPath)}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
        $"--Slack:SigningSecret={Slack.Secret}", "--Slack:BotToken=xoxb-bench", $"--Slack:ApiUrl={stubUrl}/api/",
    ];

    /// <summary>Where nobody listens on this machine, nor will who asked before.</summary>
    public static Uri FreeAddress()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Given.TryAdd(port, true))
            {
                return new Uri($"http://127.0.0.1:{port}");
            }
        }
    }

    /// <summary>Lets a counted desk begin to count, or print what it counted.</summary>
    public Task TallyAsync() => SignalAsync("HUP");

    /// <summary>Ends when it has hardly used its processor for a second: what was queued, the runtime's compiling too, is done.</summary>
    public async Task RestsAsync()
    {
        TimeSpan before;
        do
        {
            before = Used;
            await Task.Delay(Rest, TimeProvider.System);
        }
        while (Used - before > Rest / 10);
    }

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The bundled desk without its channels on this machine's console. That is for trying out, and stores each message in a file of its own.</summary>
    private static string DeskIn(string dataPath)
    {
        var (from, to) = (Path.Combine(AppContext.BaseDirectory, "desk"), Path.Combine(dataPath, "desk"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllLines(copy, File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("channels: { local:", StringComparison.Ordinal)));
        }

        return to;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient();
        while (!_process.HasExited)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(Address, "/health/ready"));
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new InvalidOperationException("The bot ended by itself.");
    }

}
