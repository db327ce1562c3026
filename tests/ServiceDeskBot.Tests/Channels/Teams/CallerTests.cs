using System.Net;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Who may post to a registered bot.</summary>
public sealed class CallerTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    private TokenClaims Good => new(_host.Microsoft.ServiceUrl);

    public async ValueTask InitializeAsync() => _host = await TeamsHost.RegisteredAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.RsaSha384)]
    [InlineData(SecurityAlgorithms.RsaSha512)]
    public async Task Post_ValidToken_ReachesTheDesk(string algorithm)
    {
        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer(Good, algorithm)));
        _host.Desk.Single();
    }

    public static TheoryData<string> Attacks =>
    [
        "no token", "not bearer", "rubbish", "two parts", "expired", "not yet valid", "without exp", "without nbf", "foreign key", "unknown key id", "alg none", "HS256 with the public key",
        "tampered", "wrong audience", "without audience", "wrong issuer", "without issuer", "without serviceurl", "encrypted", "header is no JSON", "payload is an array",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Post_BadToken_Unauthorized(string attack)
    {
        var now = _host.Clock.GetUtcNow();
        var token = attack switch
        {
            "no token" => null,
            "not bearer" => "Basic dXNlcjpwYXNz",
            "rubbish" => "Bearer abc",
            "two parts" => "Bearer abc.def",
            "expired" => _host.Microsoft.Bearer(Good with { Expires = now.AddMinutes(-6) }),
            "not yet valid" => _host.Microsoft.Bearer(Good with { NotBefore = now.AddMinutes(6) }),
            "without exp" => _host.Microsoft.Bearer(Good with { Expires = null }),
            "without nbf" => _host.Microsoft.Bearer(Good with { NotBefore = null }),
            "foreign key" => Tokens.Foreign(Good, _host.Microsoft.KeyId),
            "unknown key id" => _host.Microsoft.Bearer(Good, keyId: "key-9"),
            "alg none" => Tokens.Unsigned(Good, _host.Microsoft.KeyId),
            "HS256 with the public key" => _host.Microsoft.SignedWithPublicKey(Good),
            "tampered" => Tampered(_host.Microsoft.Bearer(Good)),
            "wrong audience" => _host.Microsoft.Bearer(Good with { Audience = "another-app" }),
            "without audience" => _host.Microsoft.Bearer(Good with { Audience = null }),
            "wrong issuer" => _host.Microsoft.Bearer(Good with { Issuer = "https://evil.example" }),
            "without issuer" => _host.Microsoft.Bearer(Good with { Issuer = null }),
            "without serviceurl" => _host.Microsoft.Bearer(Good with { HasServiceUrl = false }),
            "encrypted" => _host.Microsoft.Encrypted(Good),
            "header is no JSON" => "Bearer bm9wZQ.bm9wZQ.bm9wZQ",
            _ => $"Bearer {Base64UrlEncoder.Encode("""{"alg":"RS256","kid":"key-1"}""")}.{Base64UrlEncoder.Encode("[1]")}.bm9wZQ",
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await _host.StatusAsync(_host.Message(), token));
        Assert.Empty(_host.Desk.Turns);
    }

    [Fact]
    public async Task Post_ClocksFourMinutesApart_ReachesTheDesk()
    {
        var now = _host.Clock.GetUtcNow();

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer(Good with { Expires = now.AddMinutes(-4) })));
        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer(Good with { NotBefore = now.AddMinutes(4) })));
    }

    [Fact]
    public async Task Post_KeyNotEndorsedForTheChannel_Unauthorized()
    {
        _host.Microsoft.Endorsements = ["webchat"];

        Assert.Equal(HttpStatusCode.Unauthorized, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer()));
    }

    [Fact]
    public async Task Post_TokenForAnotherServiceUrl_Unauthorized()
    {
        var activity = _host.Message();
        activity["serviceUrl"] = _host.Microsoft.Url + "/emea/";

        Assert.Equal(HttpStatusCode.Unauthorized, await _host.StatusAsync(activity, _host.Microsoft.Bearer()));
    }

    [Fact]
    public async Task Post_ServiceUrlInOtherCaseAndWithoutSlash_ReachesTheDesk()
    {
        var claims = new TokenClaims(_host.Microsoft.ServiceUrl.TrimEnd('/').ToUpperInvariant());

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer(claims)));
    }

    [Fact]
    public async Task Post_OtherTenant_Forbidden()
    {
        var activity = _host.Message();
        activity["conversation"]!["tenantId"] = "00000000-0000-0000-0000-0000000000001";

        Assert.Equal(HttpStatusCode.Forbidden, await _host.StatusAsync(activity, _host.Microsoft.Bearer()));
    }

    [Fact]
    public async Task Post_TenantOnlyInChannelData_ReachesTheDesk()
    {
        var activity = _host.Message();
        activity["conversation"]!.AsObject().Remove("tenantId");

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(activity, _host.Microsoft.Bearer()));
        Assert.Equal(TeamsHost.Tenant, _host.Desk.Single().Place.Organisation);
    }

    [Fact]
    public async Task Post_TeamsWithoutTenant_Forbidden()
    {
        var activity = _host.Message();
        activity["conversation"]!.AsObject().Remove("tenantId");
        activity.Remove("channelData");

        Assert.Equal(HttpStatusCode.Forbidden, await _host.StatusAsync(activity, _host.Microsoft.Bearer()));
    }

    [Fact]
    public async Task Post_UntrustedServiceUrl_Forbidden()
    {
        const string Evil = "https://smba.trafficmanager.net.evil.example/amer/";
        var activity = _host.Message();
        activity["serviceUrl"] = Evil;

        Assert.Equal(HttpStatusCode.Forbidden, await _host.StatusAsync(activity, _host.Microsoft.Bearer(new TokenClaims(Evil))));
    }

    [Fact]
    public async Task Post_NewSigningKey_IsFetchedOnceAndTaken()
    {
        await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer());
        _host.Microsoft.KeyId = "key-2";

        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer()));
        Assert.Equal(2, _host.Microsoft.MetadataReads);
    }

    [Fact]
    public async Task Post_ManyUnknownKeys_AskForKeysOncePerHour()
    {
        for (var i = 0; i < 5; i++)
        {
            await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer(Good, keyId: $"made-up-{i}"));
        }

        Assert.Equal(2, _host.Microsoft.MetadataReads);

        _host.Clock.Advance(TimeSpan.FromMinutes(61));
        await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer(Good with { Expires = _host.Clock.GetUtcNow().AddHours(1) }, keyId: "made-up-9"));
        Assert.Equal(3, _host.Microsoft.MetadataReads);
    }

    [Fact]
    public async Task Post_KeysOlderThanADayAndServerDown_StillUsesThem()
    {
        await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer());
        _host.Microsoft.KeysAreDown = true;
        _host.Clock.Advance(TimeSpan.FromHours(25));

        var token = _host.Microsoft.Bearer(Good with { Expires = _host.Clock.GetUtcNow().AddHours(1) });
        Assert.Equal(HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), token));
        Assert.Equal(2, _host.Microsoft.MetadataReads);
    }

    [Fact]
    public async Task Post_KeysWereNeverReadable_ServiceUnavailable()
    {
        _host.Microsoft.KeysAreDown = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer()));
        Assert.Empty(_host.Desk.Turns);
    }

    private static string Tampered(string bearer)
    {
        var parts = bearer.Split('.');
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("09", "10", StringComparison.Ordinal) + " ")}.{parts[2]}";
    }
}
