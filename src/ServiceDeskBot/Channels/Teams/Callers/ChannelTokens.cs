using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDeskBot.Channels.Teams.Callers;

/// <summary>Checks the token that the Bot Connector sends along (Bot Framework authentication, channel to bot).</summary>
internal sealed class ChannelTokens(SigningKeys keys, IOptions<TeamsOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];
    private static readonly JsonWebTokenHandler Handler = new();

    /// <param name="authorization">The <c>Authorization</c> header.</param>
    /// <exception cref="SigningKeysUnavailableException">No keys could be read yet.</exception>
    public async ValueTask<Caller> IdentifyAsync(string authorization, CancellationToken cancellationToken)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || Read(authorization["Bearer ".Length..].Trim()) is not { } token)
        {
            return new Caller.Stranger("no signed bearer token");
        }

        // What is cheap comes first: only a token that claims to be for us is worth asking for keys.
        if (Objection(token) is { } objection)
        {
            return new Caller.Stranger(objection);
        }

        if (await keys.FindAsync(token.Kid, cancellationToken) is not { } key)
        {
            return new Caller.Stranger("signed with an unknown key");
        }

        var result = await Handler.ValidateTokenAsync(token, Parameters(key.Key));
        return !result.IsValid ? new Caller.Stranger($"token not valid: {result.Exception?.GetType().Name}")
            : ServiceUrlOf(token) is { } serviceUrl ? new Caller.Channel(serviceUrl, key.Endorsements)
            : new Caller.Stranger("token without serviceurl");
    }

    private static JsonWebToken? Read(string text)
    {
        // Three parts are a signed token; five would be an encrypted one, which nobody sends us.
        if (text.Count(character => character == '.') != 2)
        {
            return null;
        }

        try
        {
            var token = new JsonWebToken(text);
            return Algorithms.Contains(token.Alg, StringComparer.Ordinal) && !string.IsNullOrEmpty(token.Kid) ? token : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    private string? Objection(JsonWebToken token) =>
        !token.Audiences.Contains(options.Value.AppId, StringComparer.OrdinalIgnoreCase) ? "token for another app"
        : !options.Value.AcceptedIssuers.Contains(token.Issuer, StringComparer.Ordinal) ? "token of an unknown issuer"
        : !token.TryGetClaim(JwtRegisteredClaimNames.Nbf, out _) || !token.TryGetClaim(JwtRegisteredClaimNames.Exp, out _) ? "token without nbf or exp"
        : null;

    private TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        IssuerSigningKey = key,
        ValidAlgorithms = Algorithms,
        ValidAudience = options.Value.AppId,
        AudienceValidator = (audiences, _, _) => audiences.Contains(options.Value.AppId, StringComparer.OrdinalIgnoreCase),
        ValidIssuers = options.Value.AcceptedIssuers,
        LifetimeValidator = IsCurrent,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notBefore <= now + ClockSkew && now - ClockSkew < expires;
    }

    private static string? ServiceUrlOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("serviceurl", out var url) && url.Length > 0 ? url : null;
}
