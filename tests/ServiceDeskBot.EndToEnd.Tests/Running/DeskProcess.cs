using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>The program itself as a process of its own, which can be killed and started again on the same data.</summary>
/// <param name="settings">More of them, as <c>--Section:Key=value</c>.</param>
public sealed class DeskProcess(string dataPath, params string[] settings) : IDesk, IAsyncDisposable
{
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(120);

    private readonly StringBuilder _output = new();
    private readonly HttpClient _http = new();
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public IReadOnlyList<Uri> Addresses => [Address];

    /// <summary>On SQLite only.</summary>
    public DeskFile File { get; } = new(dataPath);

    /// <summary>Which lines of its output are kept; every one unless said otherwise.</summary>
    public Func<string, bool> Keeps { get; init; } = _ => true;

    /// <summary>Memory that it has now, in MiB: all that is resident, and what of it stands for no file.</summary>
    public (double Resident, double Own) Memory
    {
        get
        {
            var status = System.IO.File.ReadAllLines($"/proc/{IdOf(_process!)}/status");
            return (Of("VmRSS:"), Of("RssAnon:"));

            double Of(string name) => int.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        }
    }

    /// <summary>What it wrote, over all its lives.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "ServiceDeskBot.dll"), "--environment", "Development", "--urls", Address.ToString(), $"--Data:Path={dataPath}", .. settings];
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.HoldsAsync(IsReadyAsync, () => $"The program does not start:\n{Output}", ToStart);
    }

    /// <summary>
    /// Ends when everything is decided and what that led to is sent. After thousands of messages timers go on for minutes, logging what
    /// nobody confirmed: what they add meanwhile is not waited for.
    /// </summary>
    public async Task SettledAsync()
    {
        var last = long.MaxValue;
        await Eventually.HoldsAsync(
            async () =>
            {
                Assert.False(_process!.HasExited, $"The program ended by itself:\n{Output}");
                var left = await File.LookAsync(last);
                if (left.Undecided == 0 && last == long.MaxValue)
                {
                    last = await File.LastMessageAsync();
                }

                return left is { Undecided: 0, Unsent: 0 };
            },
            () => $"The desk does not come to rest: {File.LookAsync(last).GetAwaiter().GetResult()}\n{Output}",
            ToStart);
    }

    /// <summary>As <c>kill -9</c>: no chance to tidy up.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>As the service manager does it.</summary>
    public async Task StopAsync()
    {
        // The shell's own kill: a small machine has no program of that name.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {IdOf(_process!)}"]);
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _process.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        _process?.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> IsReadyAsync()
    {
        Assert.False(_process!.HasExited, $"The program ended by itself:\n{Output}");
        try
        {
            using var response = await _http.GetAsync(new Uri(Address, "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null && Keeps(line))
            {
                _output.AppendLine(line);
            }
        }
    }

    private static string IdOf(Process process) => process.Id.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
