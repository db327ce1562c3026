using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Slack's proof that a request is its own: an HMAC over the raw bytes and the moment of sending.</summary>
public static class SlackSignature
{
    /// <summary>Older or later than this and a request may be a recorded one, played again.</summary>
    private const long ToleranceSeconds = 300;

    /// <param name="body">The bytes as they came, before any parsing.</param>
    /// <param name="timestamp">Header <c>X-Slack-Request-Timestamp</c>; <c>null</c> when missing.</param>
    /// <param name="signature">Header <c>X-Slack-Signature</c>; <c>null</c> when missing.</param>
    public static bool Holds(ReadOnlySpan<byte> body, string? timestamp, string? signature, string secret, DateTimeOffset now)
    {
        if (signature is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            || Math.Abs(now.ToUnixTimeSeconds() - sent) > ToleranceSeconds)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(body, timestamp, secret)), Encoding.UTF8.GetBytes(signature));
    }

    public static string Sign(ReadOnlySpan<byte> body, string timestamp, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
