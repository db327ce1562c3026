using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ServiceDeskBot.Benchmarks;

/// <summary>Both platforms' side of the wire: takes messages, says yes, and counts for whom.</summary>
internal sealed class PlatformStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ConcurrentDictionary<string, int> _replies = new(StringComparer.Ordinal);
    private int _ids;

    private PlatformStub(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>Conversations that got at least one message.</summary>
    public int Answered => _replies.Count;

    public int Messages => _replies.Values.Sum();

    public static async Task<PlatformStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new PlatformStub(app);
        app.MapPost("/v3/conversations/{conversation}/activities", (string conversation) => stub.Take(conversation, 201));
        app.MapPost("/api/auth.test", () => Results.Text("""{"ok":true,"team_id":"T0001","user_id":"UDESK"}""", "application/json"));
        app.MapPost("/api/chat.postMessage", (Delegate)stub.TakeSlackAsync);
        await app.StartAsync();
        stub.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return stub;
    }

    public void Forget() => _replies = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private IResult Take(string conversation, int status)
    {
        _replies.AddOrUpdate(conversation, 1, (_, count) => count + 1);
        return Results.Text($$"""{"id":"{{Interlocked.Increment(ref _ids)}}"}""", "application/json", statusCode: status);
    }

    private async Task<IResult> TakeSlackAsync(HttpContext context)
    {
        using var body = await System.Text.Json.JsonDocument.ParseAsync(context.Request.Body);
        var channel = body.RootElement.GetProperty("channel").GetString()!;
        _replies.AddOrUpdate(channel, 1, (_, count) => count + 1);
        return Results.Text($$"""{"ok":true,"channel":"{{channel}}","ts":"1795511520.{{Interlocked.Increment(ref _ids):000000}}"}""", "application/json");
    }
}
