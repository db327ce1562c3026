using ServiceDeskBot.Api;
using ServiceDeskBot.Channels.Local;
using ServiceDeskBot.Channels.Slack;
using ServiceDeskBot.Channels.Teams;

namespace ServiceDeskBot.Hosting;

/// <summary>The host's table of contents: each line is a folder.</summary>
public static class DeskApplication
{
    /// <param name="args">Settings as <c>--Section:Key=value</c>.</param>
    /// <param name="change">Replaces services before the application is built (tests: clock, outgoing HTTP).</param>
    public static WebApplication Build(string[] args, Action<IHostApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddDesk();
        builder.AddTeamsChannel();
        builder.AddSlackChannel();
        builder.AddLocalChannel();
        builder.AddApi();
        change?.Invoke(builder);

        var app = builder.Build();
        app.MapHealth();
        app.MapTeamsChannel();
        app.MapSlackChannel();
        app.MapLocalChannel();
        app.MapApi();
        return app;
    }
}
