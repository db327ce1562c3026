using Microsoft.AspNetCore.Builder;
using ServiceDeskBot.Hosting;

namespace ServiceDeskBot.Browser.Tests;

/// <summary>The real program on a free port of this machine, with data of its own that goes with it.</summary>
internal sealed class RunningDesk : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private RunningDesk(WebApplication app, DirectoryInfo data) => (_app, _data) = (app, data);

    public string Address => _app.Urls.Single();

    public static async Task<RunningDesk> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("desk-");
        var app = DeskApplication.Build(["--environment=Development", "--urls=http://127.0.0.1:0", $"--Data:Path={data.FullName}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"]);
        await app.StartAsync();
        return new RunningDesk(app, data);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
