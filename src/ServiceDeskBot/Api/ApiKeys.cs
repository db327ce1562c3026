using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Api;

/// <summary>Who is calling, by the key in <c>Authorization: Bearer …</c>.</summary>
internal sealed class ApiKeys(IOptions<ApiOptions> options)
{
    private readonly List<(byte[] Hash, ApiKeyOptions Key)> _keys = [.. options.Value.Keys.Select(key => (Hash(key.Key), key))];

    /// <summary>The program with this key; <c>null</c> when no key fits.</summary>
    public ApiKeyOptions? Find(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Every key is compared, each in constant time: how long it takes tells nothing about how near a guess is.
        var given = Hash(authorization[Scheme.Length..].Trim());
        ApiKeyOptions? found = null;
        foreach (var (hash, key) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, given) ? key : found;
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>Lets in only programs whose key has the scope: 401 without a known key, 403 without the scope.</summary>
internal sealed class ScopeFilter(string scope) : IEndpointFilter
{
    private static readonly object Caller = new();

    /// <summary>Restricted tickets do not exist for a program without the scope for them.</summary>
    public static bool MaySee(HttpContext context, Ticket ticket) => !ticket.Restricted || CallerOf(context).Scopes.Contains(ApiScope.Restricted);

    /// <summary>The program that calls.</summary>
    public static ApiKeyOptions CallerOf(HttpContext context) => (ApiKeyOptions)context.Items[Caller]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.RequestServices.GetRequiredService<ApiKeys>().Find(http.Request.Headers.Authorization) is not { } key)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Of(StatusCodes.Status401Unauthorized, "Send a known API key as 'Authorization: Bearer <key>'. Keys stand in the setting Api:Keys.");
        }

        if (!key.Scopes.Contains(scope))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, $"The key '{key.Name}' does not have the scope '{scope}'.");
        }

        http.Items[Caller] = key;
        return await next(context);
    }
}

/// <summary>Refusals as problem details (RFC 9457).</summary>
internal static class Problems
{
    public static IResult Of(int status, string detail) => Results.Problem(detail, statusCode: status);

    public static IResult Invalid(string field, string fault) =>
        Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [fault] }, detail: $"{field}: {fault}");
}
