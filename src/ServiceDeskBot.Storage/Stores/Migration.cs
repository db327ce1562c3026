using System.Globalization;
using System.Reflection;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>The numbered scripts of one database, in order. They lie in <c>Migrations/</c> and are never changed once released.</summary>
internal sealed record Migration(int Version, string Name, string Script)
{
    public static IReadOnlyList<Migration> Of(string database)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(file => file.StartsWith($"{database}/", StringComparison.Ordinal))
            .Select(file => Read(assembly, file))
            .OrderBy(migration => migration.Version)];
    }

    private static Migration Read(Assembly assembly, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
        var name = Path.GetFileNameWithoutExtension(file);
        return new Migration(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
