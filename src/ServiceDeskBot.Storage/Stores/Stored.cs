using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>How values lie in the database: records as JSON text, moments as ISO 8601 text in UTC, days as ISO 8601 text.</summary>
internal static class Stored
{
    // Not source-generated: generated readers drop the default of an init-only member that an older row does not have
    // (a list added later would be null). The accessors of this resolver are compiled once per type, not per row.
    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,

        // Nothing here is embedded in HTML: people's words stay readable in a database shell.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Shape<T>.Info);

    public static T Json<T>(this IRow row, int column) => JsonSerializer.Deserialize(row.GetUtf8(column), Shape<T>.Info)
        ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    public static T? JsonOrNull<T>(this IRow row, int column)
        where T : class => row.IsDBNull(column) ? null : row.Json<T>(column);

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string? Moment(DateTimeOffset? moment) => moment is { } known ? Moment(known) : null;

    public static DateTimeOffset Moment(this IRow row, int column) =>
        DateTimeOffset.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static DateTimeOffset? MomentOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.Moment(column);

    public static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    public static DateOnly Day(this IRow row, int column) => DateOnly.ParseExact(row.GetString(column), "O", CultureInfo.InvariantCulture);

    public static string? TextOrNull(this IRow row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static class Shape<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
