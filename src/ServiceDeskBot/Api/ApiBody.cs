using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceDeskBot.Api;

/// <summary>Reads a request's JSON, at most 256 KiB of it.</summary>
internal static class ApiBody
{
    public const int MostBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The body, or the refusal to answer.</summary>
    public static async ValueTask<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Send JSON: Content-Type: application/json."));
        }

        if (request.ContentLength > MostBytes || await BytesAsync(request) is not { } bytes)
        {
            return (null, Problems.Of(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MostBytes} bytes."));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, Strict) is { } body
                ? (body, null)
                : (null, Problems.Of(StatusCodes.Status400BadRequest, "The body is null; send a JSON object."));
        }
        catch (JsonException fault)
        {
            return (null, Problems.Of(StatusCodes.Status400BadRequest, $"The body cannot be read: {fault.Message}"));
        }
    }

    /// <summary><c>null</c> when there is more than allowed, whatever the headers say.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> BytesAsync(HttpRequest request)
    {
        var bytes = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length > MostBytes ? default(ReadOnlyMemory<byte>?) : bytes.AsMemory(0, length);
    }
}
