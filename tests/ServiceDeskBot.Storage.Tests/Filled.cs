using System.Reflection;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>Makes a record with a telling value in every member, so that a member that storage loses is noticed, also one added later.</summary>
internal static class Filled
{
    public static object Make(Type type)
    {
        var arguments = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length)
            .First(one => one.GetParameters() is not [var only] || only.ParameterType != type);
        var made = arguments.Invoke([.. arguments.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            property.SetValue(made, Value(property.PropertyType, property.Name));
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
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0], name),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string>(StringComparer.Ordinal) { [Rows.Difficult] = name },
            _ when type.IsClass => Make(type),
            _ => throw new NotSupportedException($"No value for {type} {name}."),
        };
    }

    private static Array List(Type item, string name)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Value(item, name + "1"), 0);
        list.SetValue(Value(item, name + "2"), 1);
        return list;
    }
}
