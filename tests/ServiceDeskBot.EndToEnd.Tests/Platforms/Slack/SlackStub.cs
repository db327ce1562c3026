using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;

/// <summary>Slack's Web API, as far as a desk calls it: one workspace, its people and conversations.</summary>
public sealed class SlackStub : IAsyncDisposable
{
    private readonly ConcurrentQueue<SlackCall> _calls = new();
    private readonly ConcurrentQueue<SlackFault> _faults = new();
    private readonly ConcurrentDictionary<string, bool> _usedTriggers = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private long _views;

    private SlackStub(WebApplication app) => _app = app;

    public PostBoard Board { get; } = new();

    public string Url { get; private set; } = "";

    public IEnumerable<SlackCall> Calls => _calls;

    /// <summary>True: every trigger is over its three seconds.</summary>
    public bool ExpiresTriggers { get; set; }

    /// <summary>Called when the desk opens a modal: the trigger it used, the view as Slack keeps it.</summary>
    public Action<string, JsonObject> ModalOpened { get; set; } = (_, _) => { };

    public Func<string, string?> DisplayNameOf { get; set; } = _ => null;

    public static async Task<SlackStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new SlackStub(app);
        app.MapPost("/api/{method}", stub.TakeAsync);
        app.MapPost("/response/{channel}/{ts}", stub.RespondAsync);
        await app.StartAsync();
        stub.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return stub;
    }

    /// <summary>The next calls that say something end like this, one each.</summary>
    public void FailNext(params SlackFault[] faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    public static string Ts(long n) => $"1795511520.{n:000000}";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var method = (string)context.Request.RouteValues["method"]!;
        var call = new SlackCall(method, await ReadAsync(context.Request), context.Request.Headers.Authorization.ToString());
        if (!Board.Forgets)
        {
            _calls.Enqueue(call);
        }

        if (method.StartsWith("chat.", StringComparison.Ordinal) && _faults.TryDequeue(out var fault))
        {
            if (fault.TakesEffect)
            {
                Answer(call);
            }

            await fault.AnswerAsync(context);
            return;
        }

        await context.Response.WriteAsJsonAsync(Answer(call));
    }

    private static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            return new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        }

        return (await JsonNode.ParseAsync(request.Body))!.AsObject();
    }

    private JsonObject Answer(SlackCall call) => call.Method switch
    {
        "auth.test" => Ok(("team_id", SlackPlatform.Team), ("user_id", SlackPlatform.Bot), ("bot_id", "BDESK")),
        "chat.postMessage" => Post(call.Body),
        "chat.postEphemeral" => Whisper(call.Body),
        "chat.update" => Update(call.Body),
        "conversations.open" => Ok(("channel", new JsonObject { ["id"] = SlackPlatform.ChatOfAccount(call.Text("users")) })),
        "users.info" => User(call.Text("user")),
        "views.open" => Open(call.Body),
        "views.update" => Ok(("view", call.Body["view"]!.DeepClone())),
        _ => new JsonObject { ["ok"] = false, ["error"] = "unknown_method" },
    };

    private JsonObject Post(JsonObject body)
    {
        var post = Board.Add(Ts, body["channel"]!.GetValue<string>(), body["thread_ts"]?.GetValue<string>(), null, null, BlockKitReader.ReadMessage(body));
        return Ok(("channel", post.Conversation), ("ts", post.Id));
    }

    private JsonObject Whisper(JsonObject body)
    {
        var person = SlackPlatform.NameOfAccount(body["user"]!.GetValue<string>());
        var post = Board.Add(Ts, body["channel"]!.GetValue<string>(), body["thread_ts"]?.GetValue<string>(), null, person, BlockKitReader.ReadMessage(body));
        return Ok(("message_ts", post.Id));
    }

    private JsonObject Update(JsonObject body) =>
        Board.Change(body["channel"]!.GetValue<string>(), body["ts"]!.GetValue<string>(), BlockKitReader.ReadMessage(body))
            ? Ok(("channel", body["channel"]!.GetValue<string>()), ("ts", body["ts"]!.GetValue<string>()))
            : new JsonObject { ["ok"] = false, ["error"] = "message_not_found" };

    private JsonObject User(string account)
    {
        var name = SlackPlatform.NameOfAccount(account);
        var shown = DisplayNameOf(name) ?? char.ToUpperInvariant(name[0]) + name[1..];
        return Ok(("user", new JsonObject
        {
            ["id"] = account,
            ["team_id"] = SlackPlatform.Team,
            ["name"] = name,
            ["real_name"] = shown,
            ["tz"] = "Europe/Berlin",
            ["locale"] = "en-US",
            ["is_bot"] = false,
            ["is_restricted"] = false,
            ["profile"] = new JsonObject { ["real_name"] = shown, ["email"] = $"{name}@example.com" },
        }));
    }

    private JsonObject Open(JsonObject body)
    {
        var trigger = body["trigger_id"]!.GetValue<string>();
        if (ExpiresTriggers || (!Board.Forgets && !_usedTriggers.TryAdd(trigger, true)))
        {
            return new JsonObject { ["ok"] = false, ["error"] = ExpiresTriggers ? "expired_trigger_id" : "exchanged_trigger_id" };
        }

        var view = body["view"]!.DeepClone().AsObject();
        view["id"] = $"V{Interlocked.Increment(ref _views):00000000}";
        view["hash"] = "1795511520.hash";
        view["app_installed_team_id"] = SlackPlatform.Team;
        ModalOpened(trigger, view);
        return Ok(("view", view.DeepClone()));
    }

    private async Task RespondAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        Board.Change((string)context.Request.RouteValues["channel"]!, (string)context.Request.RouteValues["ts"]!, BlockKitReader.ReadMessage(body));
        await context.Response.WriteAsync("ok");
    }

    private static JsonObject Ok(params (string Name, JsonNode Value)[] members)
    {
        var answer = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in members)
        {
            answer[name] = value;
        }

        return answer;
    }
}

public sealed record SlackCall(string Method, JsonObject Body, string Authorization)
{
    public string Text(string member) => Body[member]?.GetValue<string>() ?? "";
}

/// <summary>How a call goes wrong.</summary>
/// <param name="Error">Slack's word, with HTTP 200; <c>null</c> to answer with <paramref name="Status"/> alone.</param>
/// <param name="Status">0: the connection breaks.</param>
/// <param name="TakesEffect">The message is there all the same, only the answer got lost.</param>
public sealed record SlackFault(int Status, string? Error = null, string? RetryAfter = null, bool TakesEffect = false)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = Status;
        if (RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }

        await context.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = false, ["error"] = Error ?? "fatal_error" });
    }
}
