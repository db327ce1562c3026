using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Teams.Connector;

/// <summary>Where messages and tokens may go. A service URL is input: without this list anybody could have the bot's token sent to them.</summary>
internal sealed class TrustedServiceUrls(IOptions<TeamsOptions> options, IHostEnvironment environment)
{
    // Only names that nobody else can register something under: trafficmanager.net is shared, so one name of it counts whole.
    private static readonly string[] MicrosoftDomains =
    [
        "botframework.com", "botframework.us", "botframework.azure.us", "botframework.azure.cn", "teams.microsoft.com", "teams.microsoft.us",
    ];

    private const string TeamsConnector = "smba.trafficmanager.net";

    public bool Trusts(string? serviceUrl) =>
        Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && Trusts(uri);

    private bool Trusts(Uri uri) => options.Value.TrustedServiceUrls is { Count: > 0 } named
        ? named.Any(trusted => IsBelow(uri, new Uri(trusted)))
        : IsMicrosoft(uri) || (environment.IsDevelopment() && uri.IsLoopback && uri.Scheme is "http" or "https");

    private static bool IsMicrosoft(Uri uri) =>
        uri is { Scheme: "https", IsDefaultPort: true }
        && (uri.Host == TeamsConnector || MicrosoftDomains.Any(domain => uri.Host == domain || uri.Host.EndsWith($".{domain}", StringComparison.Ordinal)));

    private static bool IsBelow(Uri uri, Uri trusted)
    {
        var root = trusted.AbsolutePath.EndsWith('/') ? trusted.AbsolutePath : trusted.AbsolutePath + "/";
        return uri.Scheme == trusted.Scheme && uri.Host == trusted.Host && uri.Port == trusted.Port
            && (uri.AbsolutePath + "/").StartsWith(root, StringComparison.Ordinal);
    }
}
