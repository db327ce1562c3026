using System.Net;

namespace ServiceDeskBot.Channels.Local;

/// <summary>
/// Lets in only a browser on this machine that meant to come here. The console lets anybody act as anybody,
/// so neither another machine, nor a web page under a name that points to 127.0.0.1, nor a form on another site may reach it.
/// </summary>
internal sealed class LocalDoor : IEndpointFilter
{
    /// <summary>Everything comes from this host; nothing inline runs, nothing embeds the console.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsFromThisMachine(http))
        {
            return Results.NotFound();
        }

        AddSecurityHeaders(http.Response.Headers);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            if (!http.Request.HasJsonContentType())
            {
                return LocalAnswers.Fault(StatusCodes.Status415UnsupportedMediaType, "Send JSON.");
            }

            if (!IsOwnOrigin(http.Request))
            {
                return LocalAnswers.Fault(StatusCodes.Status403Forbidden, "Another site may not speak for you.");
            }
        }

        return await next(context);
    }

    /// <summary>A proxy on this machine would make strangers look local: whatever was forwarded stays out.</summary>
    private static bool IsFromThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && IsLoopbackName(http.Request.Host.Host)
        && !http.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Programs send no Origin; a browser always does with a POST.</summary>
    private static bool IsOwnOrigin(HttpRequest request) =>
        !request.Headers.TryGetValue("Origin", out var origin) || origin == $"{request.Scheme}://{request.Host}";

    private static void AddSecurityHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
