using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;

/// <summary>The Bot Connector's REST API, version 3, as far as a bot in Teams calls it. Records every call and can fail as the real one does.</summary>
public sealed class ConnectorStub : IAsyncDisposable
{
    private const string ThreadMark = ";messageid=";

    private readonly ConcurrentQueue<ConnectorCall> _calls = new();
    private readonly ConcurrentQueue<ConnectorFault> _faults = new();
    private readonly WebApplication _app;

    private ConnectorStub(WebApplication app) => _app = app;

    public PostBoard Board { get; } = new();

    /// <summary>What the bot is told as <c>serviceUrl</c>.</summary>
    public string Url { get; private set; } = "";

    public IEnumerable<ConnectorCall> Calls => _calls;

    /// <summary>How this tenant's people are known: their name by account.</summary>
    public Func<string, string?> NameOf { get; set; } = _ => null;

    public static async Task<ConnectorStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new ConnectorStub(app);
        app.MapPost("/v3/conversations", context => stub.TakeAsync(context, stub.Open));
        app.MapPost("/v3/conversations/{conversation}/activities", context => stub.TakeAsync(context, stub.Post));
        app.MapPost("/v3/conversations/{conversation}/activities/{activity}", context => stub.TakeAsync(context, stub.Post));
        app.MapPut("/v3/conversations/{conversation}/activities/{activity}", context => stub.TakeAsync(context, stub.Update));
        app.MapGet("/v3/conversations/{conversation}/members/{account}", context => stub.TakeAsync(context, stub.Member));
        await app.StartAsync();
        stub.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return stub;
    }

    /// <summary>The next calls that send something end like this, one each.</summary>
    public void FailNext(params ConnectorFault[] faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context, Func<ConnectorCall, (int Status, JsonObject Body)> answer)
    {
        var body = HttpMethods.IsGet(context.Request.Method) ? null : await JsonNode.ParseAsync(context.Request.Body);
        var call = new ConnectorCall(
            context.Request.Method,
            context.Request.Path,
            Uri.UnescapeDataString((string?)context.Request.RouteValues["conversation"] ?? ""),
            Uri.UnescapeDataString((string?)(context.Request.RouteValues["activity"] ?? context.Request.RouteValues["account"]) ?? ""),
            body?.AsObject(),
            context.Request.Headers.Authorization.ToString());
        var fault = body is not null && _faults.TryDequeue(out var planned) ? planned : null;
        if (!Board.Forgets)
        {
            _calls.Enqueue(call);
        }

        if (fault is { TakesEffect: false })
        {
            await fault.AnswerAsync(context);
            return;
        }

        var (status, json) = answer(call);
        if (fault is not null)
        {
            await fault.AnswerAsync(context);
            return;
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(json);
    }

    private (int Status, JsonObject Body) Open(ConnectorCall call)
    {
        var body = call.Body!;
        if (body["activity"] is { } activity)
        {
            var channel = body["channelData"]!["channel"]!["id"]!.GetValue<string>();
            var root = Board.Add(PostId, channel, null, null, null, Read(activity));
            return (201, new JsonObject { ["id"] = channel + ThreadMark + root.Id, ["activityId"] = root.Id });
        }

        // As measured: exactly one member, and the same chat again each time.
        return body["members"]!.AsArray() is [{ } member]
            ? (201, new JsonObject { ["id"] = TeamsPlatform.ChatOfAccount(member["id"]!.GetValue<string>()) })
            : (400, Error("BadSyntax", "Incorrect conversation creation parameters"));
    }

    private (int Status, JsonObject Body) Post(ConnectorCall call)
    {
        var (conversation, thread) = Split(call.Conversation);
        var post = Board.Add(PostId, conversation, thread, null, null, Read(call.Body!));
        return (201, new JsonObject { ["id"] = post.Id });
    }

    private (int Status, JsonObject Body) Update(ConnectorCall call)
    {
        var (conversation, _) = Split(call.Conversation);
        return Board.Change(conversation, call.Id, Read(call.Body!))
            ? (200, new JsonObject { ["id"] = call.Id })
            : (404, Error("ActivityNotFoundInConversation", "Message does not exist in the thread."));
    }

    private (int Status, JsonObject Body) Member(ConnectorCall call) => NameOf(call.Id) is { } name
        ? (200, new JsonObject
        {
            ["id"] = call.Id,
            ["name"] = name,
            ["aadObjectId"] = $"aad-{name}",
            ["email"] = $"{name}@example.com",
            ["userPrincipalName"] = $"{name}@example.com",
            ["tenantId"] = TeamsPlatform.Tenant,
            ["userRole"] = "user",
        })
        : (404, Error("MemberNotFoundInConversation", "The member is not in the conversation."));

    public static string PostId(long n) => PostBoard.Number(1_795_221_600_000 + n);

    private static (string Conversation, string? Thread) Split(string conversation)
    {
        var mark = conversation.IndexOf(ThreadMark, StringComparison.Ordinal);
        return mark < 0 ? (conversation, null) : (conversation[..mark], conversation[(mark + ThreadMark.Length)..]);
    }

    private static SeenCard Read(JsonNode activity) => activity["attachments"] is JsonArray { Count: 1 } cards
        ? AdaptiveCardReader.Read(cards[0]!["content"]!)
        : SeenCard.Plain(activity["text"]?.GetValue<string>() ?? "");

    private static JsonObject Error(string code, string message) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };
}

/// <param name="Id">Activity or member in the path; empty for none.</param>
public sealed record ConnectorCall(string Method, string Path, string Conversation, string Id, JsonObject? Body, string Authorization);

/// <summary>How a call goes wrong.</summary>
/// <param name="Status">0: the connection breaks.</param>
/// <param name="TakesEffect">The message is there all the same, only the answer got lost.</param>
public sealed record ConnectorFault(int Status, string? RetryAfter = null, bool TakesEffect = false)
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

        await context.Response.WriteAsync("<html>Something in between says no</html>");
    }
}
