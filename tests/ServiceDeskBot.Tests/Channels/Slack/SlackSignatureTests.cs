using System.Globalization;
using System.Text;
using System.Text.Json;
using ServiceDeskBot.Channels.Slack;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackSignatureTests
{
    [Fact]
    public void Holds_PublishedVectors_TrueAndFalseForAnyOtherSecret()
    {
        var vectors = SlackFixtures.Read("signature-vectors.json").EnumerateArray().ToList();

        Assert.NotEmpty(vectors);
        foreach (var vector in vectors)
        {
            var (body, timestamp) = (Encoding.UTF8.GetBytes(Of(vector, "body")), Of(vector, "timestamp"));
            var now = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
            Assert.True(SlackSignature.Holds(body, timestamp, Of(vector, "signature"), Of(vector, "signing_secret"), now));
            Assert.False(SlackSignature.Holds(body, timestamp, Of(vector, "signature"), Of(vector, "signing_secret") + "x", now));
        }
    }

    [Fact]
    public void Sign_KnownInput_SameAsAnIndependentHmac() => Assert.Equal(
        "v0=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("secret"u8, "v0:1700000000:body"u8)),
        SlackSignature.Sign("body"u8, "1700000000", "secret"));

    private static string Of(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;
}
