using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using ServiceDeskBot.Channels.Teams.Activities;

namespace ServiceDeskBot.Channels.Teams.Callers;

/// <summary>A key that tokens are signed with, and the channels it speaks for.</summary>
internal sealed record SigningKey(RsaSecurityKey Key, IReadOnlySet<string> Endorsements);

/// <summary>
/// The Bot Framework's signing keys, read when first needed and once a day. An unknown key id asks for them anew at most once an
/// hour, so that nobody can make us fetch with made-up tokens; while they cannot be read, the old ones stay in use.
/// </summary>
internal sealed class SigningKeys(HttpClient http, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan RefreshForUnknownKey = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile KeySet? _keys;
    private DateTimeOffset _askedForUnknown = DateTimeOffset.MinValue;
    private DateTimeOffset _failed = DateTimeOffset.MinValue;

    /// <summary>The key with this id, or <c>null</c> when there is none.</summary>
    /// <exception cref="SigningKeysUnavailableException">No keys could be read yet.</exception>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_keys is { } known && clock.GetUtcNow() - known.ReadAt < Lifetime && known.Keys.TryGetValue(keyId, out var key))
        {
            return key;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(keyId, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }

        return (_keys ?? throw new SigningKeysUnavailableException()).Keys.GetValueOrDefault(keyId);
    }

    public void Dispose() => _reading.Dispose();

    private async Task RefreshAsync(string keyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _failed < RetryAfterFailure)
        {
            return;
        }

        if (_keys is { } known && now - known.ReadAt < Lifetime)
        {
            if (known.Keys.ContainsKey(keyId) || now - _askedForUnknown < RefreshForUnknownKey)
            {
                return;
            }

            _askedForUnknown = now;
        }

        try
        {
            _keys = new KeySet(await ReadAsync(cancellationToken), now);
            logger.SigningKeysRead(_keys.Keys.Count, options.Value.OpenIdMetadataUrl);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidDataException or FormatException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _failed = now;
            logger.SigningKeysUnavailable(options.Value.OpenIdMetadataUrl, _keys is not null, exception);
        }
    }

    private async Task<Dictionary<string, SigningKey>> ReadAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var metadata = await ReadJsonAsync(new Uri(options.Value.OpenIdMetadataUrl), either.Token);
        var address = metadata.RootElement.Member("jwks_uri").Text();
        if (!Uri.TryCreate(address, UriKind.Absolute, out var keysAt) || (keysAt.Scheme != Uri.UriSchemeHttps && !keysAt.IsLoopback))
        {
            throw new InvalidDataException("The metadata names no safe jwks_uri.");
        }

        using var set = await ReadJsonAsync(keysAt, either.Token);
        return KeysOf(set.RootElement);
    }

    private async Task<JsonDocument> ReadJsonAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(address, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static Dictionary<string, SigningKey> KeysOf(JsonElement set)
    {
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in Items(set.Member("keys")))
        {
            if (key.Member("kty").Text() == "RSA" && key.Member("kid").Text() is { } id && key.Member("n").Text() is { } modulus && key.Member("e").Text() is { } exponent)
            {
                var parameters = new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(modulus), Exponent = Base64UrlEncoder.DecodeBytes(exponent) };
                var endorsements = Items(key.Member("endorsements")).Select(LenientJson.AsField).ToHashSet(StringComparer.OrdinalIgnoreCase);
                keys[id] = new SigningKey(new RsaSecurityKey(parameters) { KeyId = id }, endorsements);
            }
        }

        return keys;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } present ? present.EnumerateArray() : default;

    private sealed record KeySet(IReadOnlyDictionary<string, SigningKey> Keys, DateTimeOffset ReadAt);
}

/// <summary>Nobody's token can be checked until the keys can be read.</summary>
internal sealed class SigningKeysUnavailableException() : Exception("The signing keys of the Bot Framework cannot be read.");
