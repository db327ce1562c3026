using System.Text.Json;

namespace ServiceDeskBot.Channels.Local;

internal static class LocalJson
{
    /// <summary>The console's JSON: camel case, and a missing or null value where one is needed is a fault of the sender.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
