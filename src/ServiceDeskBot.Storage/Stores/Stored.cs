using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
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
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatReadingPutsIn } },
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
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

    /// <summary>
    /// A third of a new ticket would be empty lists and words that say no. A value is not written where reading gives it by itself when the
    /// text is silent; any other value is, also a no or a nought where the record begins with something else.
    /// </summary>
    private static void LeaveOutWhatReadingPutsIn(JsonTypeInfo shape)
    {
        if (shape.Kind != JsonTypeInfoKind.Object || shape.Type.IsAbstract)
        {
            return;
        }

        var blank = Blank(shape.Type);
        foreach (var member in shape.Properties.ToArray())
        {
            if (member is { Set: null, AssociatedParameter: null })
            {
                // Worked out from the others; the option for these leaves lists in.
                shape.Properties.Remove(member);
                continue;
            }

            var absent = member.AssociatedParameter is { } parameter ? parameter.DefaultValue : member.Get!(blank);
            if (member.PropertyType.IsValueType && (member.IsRequired || !IsNought(absent)))
            {
                member.ShouldSerialize = static (_, value) => value is not null;
            }
            else if (absent is ICollection { Count: 0 })
            {
                member.ShouldSerialize = static (_, value) => value is not (null or ICollection { Count: 0 });
            }
        }
    }

    private static bool IsNought(object? value) => value is null || value.Equals(RuntimeHelpers.GetUninitializedObject(value.GetType()));

    /// <summary>As reading makes one when the text says nothing; without parameters where that is possible, as reading does.</summary>
    private static object Blank(Type type)
    {
        var maker = type.GetConstructors().MinBy(one => one.GetParameters().Length);
        return maker is null
            ? Activator.CreateInstance(type)!
            : maker.Invoke([.. maker.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null)]);
    }

    private static class Shape<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
