using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using ServiceDeskBot.Hosting;

namespace ServiceDeskBot.Browser.Tests;

/// <summary>The real program on a free port of this machine, with data of its own that goes with it.</summary>
internal sealed class RunningDesk : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private RunningDesk(WebApplication app, DirectoryInfo data, string address) => (_app, _data, Address) = (app, data, address);

    public string Address { get; }

    public static async Task<RunningDesk> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("desk-");
        var address = $"http://127.0.0.1:{FreePort()}";
        var app = DeskApplication.Build(["--environment=Development", $"--urls={address}", $"--Data:Path={data.FullName}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"]);
        await app.StartAsync();
        return new RunningDesk(app, data, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
