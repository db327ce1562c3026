using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>What a channel token says; the default is what the Bot Connector sends.</summary>
internal sealed record TokenClaims(string ServiceUrl)
{
    public string? Issuer { get; init; } = "https://api.botframework.com";

    public string? Audience { get; init; } = TeamsHost.AppId;

    public DateTimeOffset? NotBefore { get; init; } = new DateTimeOffset(2026, 11, 20, 8, 55, 0, TimeSpan.Zero);

    public DateTimeOffset? Expires { get; init; } = new DateTimeOffset(2026, 11, 20, 9, 55, 0, TimeSpan.Zero);

    public bool HasServiceUrl { get; init; } = true;

    public string Payload()
    {
        var claims = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["nbf"] = NotBefore?.ToUnixTimeSeconds(),
            ["exp"] = Expires?.ToUnixTimeSeconds(),
            ["serviceurl"] = HasServiceUrl ? ServiceUrl : null,
        };
        return System.Text.Json.JsonSerializer.Serialize(claims.Where(claim => claim.Value is not null).ToDictionary(claim => claim.Key, claim => claim.Value, StringComparer.Ordinal));
    }
}

internal static class Tokens
{
    public static string Bearer(this StubMicrosoft microsoft) => microsoft.Bearer(new TokenClaims(microsoft.ServiceUrl));

    public static string Bearer(this StubMicrosoft microsoft, TokenClaims claims, string algorithm = SecurityAlgorithms.RsaSha256, string? keyId = null) =>
        Signed(claims, new RsaSecurityKey(microsoft.Key) { KeyId = keyId ?? microsoft.KeyId }, algorithm);

    public static string Foreign(TokenClaims claims, string keyId)
    {
        using var foreign = RSA.Create(2048);
        return Signed(claims, new RsaSecurityKey(foreign.ExportParameters(includePrivateParameters: true)) { KeyId = keyId }, SecurityAlgorithms.RsaSha256);
    }

    /// <summary>The old trick: the public key, which everybody knows, as the secret of a symmetric signature.</summary>
    public static string SignedWithPublicKey(this StubMicrosoft microsoft, TokenClaims claims) =>
        Signed(claims, new SymmetricSecurityKey(microsoft.Key.ExportSubjectPublicKeyInfo()) { KeyId = microsoft.KeyId }, SecurityAlgorithms.HmacSha256);

    public static string Unsigned(TokenClaims claims, string keyId) =>
        $"Bearer {Base64UrlEncoder.Encode($$"""{"alg":"none","typ":"JWT","kid":"{{keyId}}"}""")}.{Base64UrlEncoder.Encode(claims.Payload())}.";

    public static string Encrypted(this StubMicrosoft microsoft, TokenClaims claims)
    {
        var signing = new SigningCredentials(new RsaSecurityKey(microsoft.Key) { KeyId = microsoft.KeyId }, SecurityAlgorithms.RsaSha256);
        var encrypting = new EncryptingCredentials(new SymmetricSecurityKey(new byte[64]), "dir", SecurityAlgorithms.Aes256CbcHmacSha512);
        return $"Bearer {new JsonWebTokenHandler().CreateToken(claims.Payload(), signing, encrypting)}";
    }

    private static string Signed(TokenClaims claims, SecurityKey key, string algorithm)
    {
        // Without this the library would add times of its own.
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return $"Bearer {handler.CreateToken(claims.Payload(), new SigningCredentials(key, algorithm))}";
    }
}
