using System.Reflection;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>Makes records whose members are all set, so that a member that storage loses is noticed, also one added later.</summary>
internal static class Filled
{
    /// <summary>A telling value in every member.</summary>
    public static object Make(Type type) => Make(type, Value);

    /// <summary>No, nought or nothing in every member: what a short way of writing might leave out.</summary>
    public static object Bare(Type type) => Make(type, Nothing);

    private static object Make(Type type, Func<Type, string, object> value)
    {
        var arguments = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length)
            .First(one => one.GetParameters() is not [var only] || only.ParameterType != type);
        var made = arguments.Invoke([.. arguments.GetParameters().Select(parameter => value(parameter.ParameterType, parameter.Name!))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            property.SetValue(made, value(property.PropertyType, property.Name));
        }

        return made;
    }

    private static object Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"{name} {Rows.Difficult}",
            _ when type == typeof(int) => 3,
            _ when type == typeof(long) => 4L,
            _ when type == typeof(double) => 0.625,
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTimeOffset) => Rows.Moment.AddSeconds(name.Length),
            _ when IsList(type) => List(type.GetGenericArguments()[0], name),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string>(StringComparer.Ordinal) { [Rows.Difficult] = name },
            _ when type.IsClass => Make(type),
            _ => throw new NotSupportedException($"No value for {type} {name}."),
        };
    }

    private static object Nothing(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "",
            _ when type == typeof(Clarification) => Make(type), // One without choices cannot be.
            _ when type.IsValueType => Activator.CreateInstance(type)!,
            _ when IsList(type) => Array.CreateInstance(type.GetGenericArguments()[0], 0),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string>(StringComparer.Ordinal),
            _ => Bare(type),
        };
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static Array List(Type item, string name)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Value(item, name + "1"), 0);
        list.SetValue(Value(item, name + "2"), 1);
        return list;
    }
}
