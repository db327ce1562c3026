using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServiceDeskBot.Channels.Teams.Callers;

/// <summary>Decides who is calling <c>/api/messages</c>: by token once the bot is registered, else only from this machine in Development.</summary>
internal sealed class CallerCheck(ChannelTokens tokens, IOptions<TeamsOptions> options, IHostEnvironment environment)
{
    /// <exception cref="SigningKeysUnavailableException">Tokens cannot be checked right now.</exception>
    public ValueTask<Caller> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (options.Value.IsRegistered)
        {
            return tokens.IdentifyAsync(request.Headers.Authorization.ToString(), cancellationToken);
        }

        return ValueTask.FromResult(ObjectionToUnsigned(request) is { } objection ? new Caller.Stranger(objection) : (Caller)new Caller.Local());
    }

    // A web page open in the browser of the person who tries the desk can reach this port too: hence Host and Origin.
    private string? ObjectionToUnsigned(HttpRequest request) =>
        !environment.IsDevelopment() ? "the bot has no registration (Teams:AppId is empty)"
        : !IsLoopback(request.HttpContext) ? "unsigned, and not from this machine"
        : !IsLoopbackHost(request.Host.Host) ? "unsigned, and addressed to another host"
        : request.Headers.Any(IsForwarding) ? "unsigned, and forwarded"
        : !IsOwnOrigin(request) ? "unsigned, and from a web page of another origin"
        : !StringValues.IsNullOrEmpty(request.Headers.Authorization) ? "a token that cannot be checked without Teams:AppId"
        : null;

    private static bool IsLoopback(HttpContext context) => context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address);

    private static bool IsLoopbackHost(string host) => Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static bool IsForwarding(KeyValuePair<string, StringValues> header) =>
        header.Key.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.Key.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers[HeaderNames.Origin];
        return StringValues.IsNullOrEmpty(origin) || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
