using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace ServiceDeskBot.Tests.Channels.Slack;

/// <summary>Slack's Web API on loopback: remembers every call and answers as told.</summary>
internal sealed class SlackStub : IAsyncDisposable
{
    public const string Team = "T0DESK";
    public const string Bot = "U0BOT";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SlackCall> _calls = new();
    private readonly SemaphoreSlim _called = new(0);

    private SlackStub(WebApplication app) => _app = app;

    /// <summary>What a method answers; unset ones answer as a healthy workspace does.</summary>
    public ConcurrentDictionary<string, Func<SlackCall, SlackStubReply>> Replies { get; } = new(StringComparer.Ordinal);

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<SlackCall> Calls => [.. _calls];

    public static async Task<SlackStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new SlackStub(builder.Build());
        stub._app.MapPost("/{**method}", stub.TakeAsync);
        await stub._app.StartAsync();
        stub.Address = new Uri(stub._app.Urls.Single() + "/api/");
        return stub;
    }

    public void Fail(string method, string error, HttpStatusCode status = HttpStatusCode.OK, string? retryAfter = null) =>
        Replies[method] = _ => new SlackStubReply($$"""{"ok":false,"error":"{{error}}"}""", status, retryAfter);

    /// <summary>Waits until the method was called so many times, and gives the last of these calls.</summary>
    public async Task<SlackCall> CalledAsync(string method, int times = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (_calls.Where(call => call.Method == method).ElementAtOrDefault(times - 1) is { } call)
            {
                return call;
            }

            await _called.WaitAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _called.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var isForm = http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true;
        var call = new SlackCall(
            http.Request.Path.Value!.Replace("/api/", "", StringComparison.Ordinal),
            isForm
                ? JsonSerializer.SerializeToElement(QueryHelpers.ParseQuery(body).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()))
                : JsonElement.Parse(body),
            isForm,
            http.Request.Headers.Authorization.ToString());
        _calls.Enqueue(call);
        _called.Release();
        var reply = Replies.TryGetValue(call.Method, out var told) ? told(call) : Healthy(call);
        if (reply.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        http.Response.StatusCode = (int)reply.Status;
        if (reply.RetryAfter is not null)
        {
            http.Response.Headers.RetryAfter = reply.RetryAfter;
        }

        if (reply.Location is not null)
        {
            http.Response.Headers.Location = reply.Location;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(reply.Body);
    }

    private static SlackStubReply Healthy(SlackCall call) => new(call.Method switch
    {
        "auth.test" => $$"""{"ok":true,"team":"Desk","team_id":"{{Team}}","user_id":"{{Bot}}","bot_id":"B0BOT"}""",
        "conversations.open" => $$"""{"ok":true,"channel":{"id":"D0{{call.Text("users")}}"} }""",
        "users.info" => User(call.Text("user")!),
        "chat.postMessage" => $$"""{"ok":true,"channel":"{{call.Text("channel")}}","ts":"1763700000.000100"}""",
        "chat.postEphemeral" => """{"ok":true,"message_ts":"1763700000.000200"}""",
        "views.open" or "views.update" => """{"ok":true,"view":{"id":"V1"}}""",
        _ => """{"ok":true}""",
    });

    /// <param name="more">Further members of the user, e.g. <c>"is_restricted":true</c>.</param>
    public static string User(string id, string team = Team, string more = "\"is_bot\":false") => $$"""
        {"ok":true,"user":{"id":"{{id}}","team_id":"{{team}}","name":"mara.k","real_name":"Mara Klein","tz":"Europe/Berlin","locale":"de-DE",{{more}},
        "profile":{"real_name":"Mara Klein","email":"mara@example.com"} } }
        """;
}

internal sealed record SlackCall(string Method, JsonElement Body, bool IsForm, string Authorization)
{
    public string? Text(string name) => Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal sealed record SlackStubReply(string Body, HttpStatusCode Status = HttpStatusCode.OK, string? RetryAfter = null)
{
    public string? Location { get; init; }

    public bool Hangs { get; init; }
}
