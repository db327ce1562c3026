using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ServiceDeskBot.Channels.Local;

/// <summary>The console's page, styles and scripts: plain files, embedded, so that the program is whole wherever it lies.</summary>
internal static class LocalAssets
{
    private const string Prefix = "local/";

    private static readonly FrozenDictionary<string, Asset> Files = typeof(LocalAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Load, StringComparer.Ordinal);

    /// <summary>The file, or 404. Browsers ask again each time and are told "not modified" while it is the same.</summary>
    public static IResult Serve(string? path, HttpContext http)
    {
        if (path is null || !Files.TryGetValue(path, out var asset))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Bytes, asset.ContentType, entityTag: asset.Tag);
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(LocalAssets).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        return new Asset(bytes, ContentTypeOf(resource), tag);
    }

    private static string ContentTypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The console has no content type for '{other}' files."),
    };

    private sealed record Asset(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag);
}
