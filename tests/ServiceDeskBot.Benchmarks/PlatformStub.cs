using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ServiceDeskBot.Benchmarks;

/// <summary>Both platforms' side of the wire: takes messages, says yes, and counts for whom.</summary>
internal sealed class PlatformStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Id, byte[] Body)> _latest = new(StringComparer.Ordinal);
    private int _ids;
    private int _posts;
    private long _lastPost;
    private volatile Awaited? _awaited;

    private PlatformStub(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>Messages posted since <see cref="Forget"/>; updates of posted ones do not count.</summary>
    public int Posts => _posts;

    /// <summary>When the last of them came, as <see cref="TimeProvider.GetTimestamp"/> of this machine.</summary>
    public long LastPost => Interlocked.Read(ref _lastPost);

    /// <summary>True: the latest card of each conversation is kept, for <see cref="Latest"/>.</summary>
    public bool Keeps { get; set; }

    public static async Task<PlatformStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new PlatformStub(app);
        app.MapPost("/v3/conversations", (Delegate)stub.OpenThreadAsync);
        app.MapPost("/v3/conversations/{conversation}/activities", (Delegate)stub.TakeTeamsAsync);
        app.MapPost("/v3/conversations/{conversation}/activities/{activity}", (Delegate)stub.TakeTeamsAsync);
        app.MapPut("/v3/conversations/{conversation}/activities/{activity}", (string activity) => Results.Json(new { id = activity }));
        app.MapPost("/api/auth.test", () => Results.Text("""{"ok":true,"team_id":"T0001","user_id":"UDESK"}""", "application/json"));
        app.MapPost("/api/chat.postMessage", (Delegate)stub.TakeSlackAsync);
        await app.StartAsync();
        stub.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return stub;
    }

    /// <summary>Ends when so many messages were posted.</summary>
    public Task ReachesAsync(int posts)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = new Awaited(posts, reached);
        if (Posts >= posts)
        {
            reached.TrySetResult();
        }

        return reached.Task;
    }

    public void Forget()
    {
        _posts = 0;
        _latest.Clear();
    }

    /// <summary>The last card that this conversation got.</summary>
    public (string Id, byte[] Body) Latest(string conversation) => _latest[conversation];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Count()
    {
        Interlocked.Exchange(ref _lastPost, TimeProvider.System.GetTimestamp());
        if (Interlocked.Increment(ref _posts) >= _awaited?.Posts)
        {
            _awaited?.Reached.TrySetResult();
        }
    }

    private async Task<IResult> TakeTeamsAsync(HttpContext context, string conversation)
    {
        var id = Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
        if (Keeps)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf("AdaptiveCard"u8) >= 0)
            {
                // On a machine that is busy with other things, "one moment" may come after it.
                _latest[conversation] = (id, body.ToArray());
            }
        }
        else
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
        }

        Count();
        return Results.Text($$"""{"id":"{{id}}"}""", "application/json", statusCode: 201);
    }

    /// <summary>A new thread in a channel, with its first message.</summary>
    private async Task<IResult> OpenThreadAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        Count();
        var id = Interlocked.Increment(ref _ids);
        return Results.Text($$"""{"id":"19:channel@thread.tacv2;messageid={{id}}","activityId":"{{id}}"}""", "application/json", statusCode: 201);
    }

    private async Task<IResult> TakeSlackAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        Count();
        return Results.Text($$"""{"ok":true,"channel":"D1","ts":"1795511520.{{Interlocked.Increment(ref _ids):000000}}"}""", "application/json");
    }

    private sealed record Awaited(int Posts, TaskCompletionSource Reached);
}
