using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>A call that reached the stub.</summary>
internal sealed record Call(string Method, string Path, JsonNode? Body, string? Authorization);

/// <summary>What the stub connector answers.</summary>
internal sealed record Reply(int Status, string Body = "", string ContentType = "application/json", params (string Name, string Value)[] Headers);

/// <summary>Connector, login authority and key server in one, on loopback.</summary>
internal sealed class StubMicrosoft : IAsyncDisposable
{
    // One pair for all stubs: making one takes a while.
    private static readonly RSA KeyPair = RSA.Create(2048);

    private readonly WebApplication _app;
    private int _tokens;

    private StubMicrosoft(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public string ServiceUrl => $"{Url}/amer/";

    public RSA Key { get; } = KeyPair;

    public string KeyId { get; set; } = "key-1";

    public JsonArray Endorsements { get; set; } = ["msteams", "webchat"];

    public ConcurrentQueue<Call> Calls { get; } = new();

    public int MetadataReads { get; private set; }

    public int TokensGiven => _tokens;

    public bool KeysAreDown { get; set; }

    public Func<Call, Reply> Connector { get; set; } = Accepting;

    public static async Task<StubMicrosoft> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new StubMicrosoft(app);
        app.MapGet("/openid", stub.Metadata);
        app.MapGet("/keys", stub.Keys);
        app.MapPost("/{tenant}/oauth2/v2.0/token", stub.Token);
        app.Map("/amer/{**path}", stub.ConnectorAsync);
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>As the service does: a new message 201, a change 200, a chat and a thread 201.</summary>
    public static Reply Accepting(Call call) => call switch
    {
        { Method: "POST", Path: "v3/conversations" } when call.Body?["isGroup"]?.GetValue<bool>() == true => new Reply(201, """{"id":"19:network@thread.tacv2;messageid=1700","activityId":"1700"}"""),
        { Method: "POST", Path: "v3/conversations" } => new Reply(201, """{"id":"a:opened"}"""),
        { Method: "POST" } => new Reply(201, """{"id":"1701"}"""),
        { Method: "PUT" } => new Reply(200, """{"id":"1701"}"""),
        _ => new Reply(404, """{"error":{"code":"MemberNotFoundInConversation","message":"…"}}"""),
    };

    private IResult Metadata()
    {
        MetadataReads++;
        return KeysAreDown ? Results.StatusCode(500) : Results.Json(new { issuer = "https://api.botframework.com", jwks_uri = $"{Url}/keys" });
    }

    private IResult Keys()
    {
        var parameters = Key.ExportParameters(includePrivateParameters: false);
        var key = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus!),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent!),
            ["endorsements"] = Endorsements.DeepClone(),
        };
        return Results.Text(new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString(), "application/json");
    }

    private async Task<IResult> Token(HttpRequest request, string tenant)
    {
        var form = await request.ReadFormAsync();
        return form["client_secret"] == "secret" && form["scope"].ToString().Contains("https://api.botframework.com/.default", StringComparison.Ordinal)
            ? Results.Json(new { token_type = "Bearer", expires_in = 3599, access_token = $"token-{tenant}-{Interlocked.Increment(ref _tokens)}" })
            : Results.Json(new { error = "invalid_client", error_description = "AADSTS7000215" }, statusCode: 401);
    }

    private async Task ConnectorAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget["/amer/".Length..];
        var call = new Call(context.Request.Method, path, body.Length == 0 ? null : JsonNode.Parse(body), context.Request.Headers.Authorization);
        Calls.Enqueue(call);
        var reply = Connector(call);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(reply.Body);
    }
}
