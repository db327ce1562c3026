using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.EndToEnd.Tests.Running;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;

/// <summary>The two authorities around a registered bot: the Bot Framework, whose keys sign what comes in, and the login that gives the bot its own token.</summary>
public sealed class BotFrameworkStub : IAsyncDisposable
{
    public const string AppId = "5d5b7c7e-2f3b-4d59-9d51-0c6c1c8a7a01";
    public const string Issuer = "https://api.botframework.com";
    public const string ConnectorToken = "connector-token-of-the-bot";

    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _foreignKey = RSA.Create(2048);
    private WebApplication _app = null!;
    private ManualClock _clock = null!;
    private string _url = "";
    private string _serviceUrl = "";

    public IReadOnlyList<string> Settings =>
    [
        $"--Teams:AppId={AppId}",
        "--Teams:AppPassword=a-secret-of-the-app",
        $"--Teams:TenantId={TeamsPlatform.Tenant}",
        $"--Teams:OpenIdMetadataUrl={_url}/v1/.well-known/openidconfiguration",
        $"--Teams:Authority={_url}/{TeamsPlatform.Tenant}",
    ];

    public async Task OpenAsync(ManualClock clock, string serviceUrl)
    {
        (_clock, _serviceUrl) = (clock, serviceUrl);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/v1/.well-known/openidconfiguration", context => context.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{_url}/v1/.well-known/keys" }));
        _app.MapGet("/v1/.well-known/keys", context => context.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray(Jwk()) }));
        _app.MapPost("/{tenant}/oauth2/v2.0/token", context => context.Response.WriteAsJsonAsync(new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = 3599, ["access_token"] = ConnectorToken }));
        await _app.StartAsync();
        _url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <summary>A token as the Bot Framework gives it, or with one thing wrong.</summary>
    public string Token(
        string audience = AppId,
        string issuer = Issuer,
        string? serviceUrl = null,
        TimeSpan age = default,
        string algorithm = "RS256",
        bool isForeign = false)
    {
        var from = _clock.GetUtcNow() - age;
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = "key-1" };
        var claims = new JsonObject
        {
            ["iss"] = issuer,
            ["aud"] = audience,
            ["serviceurl"] = serviceUrl ?? _serviceUrl,
            ["nbf"] = from.ToUnixTimeSeconds(),
            ["exp"] = (from + TimeSpan.FromHours(1)).ToUnixTimeSeconds(),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = algorithm == "none" ? [] : (isForeign ? _foreignKey : _key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _key.Dispose();
        _foreignKey.Dispose();
    }

    private JsonObject Jwk()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = "key-1",
            ["n"] = Base64Url(key.Modulus!),
            ["e"] = Base64Url(key.Exponent!),
            ["endorsements"] = new JsonArray("msteams"),
        };
    }

    private static string Encode(JsonObject json) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(json));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
