using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace ServiceDeskBot.Tests;

/// <summary>What the program is made of, and under which licences: <c>src/dependencies.md</c> tells the truth.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "SQLite is Public Domain"];

    [Fact]
    public void Dependencies_OfTheProgram_AreListedWithTheirLicences()
    {
        var listed = File.ReadLines(Path.Combine(Repository.Root, "src", "dependencies.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Package", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1], cells => cells[2], StringComparer.Ordinal);

        var shipped = Shipped();

        Assert.All(shipped, package => Assert.Contains(package.Licence, Allowed));
        Assert.All(shipped.Where(package => listed.ContainsKey(package.Name)), package => Assert.Equal(package.Licence, listed[package.Name]));

        // What others bring along depends on the versions that a registry has.
        Assert.Empty(Direct().Except(listed.Keys, StringComparer.Ordinal));
    }

    /// <summary>What a project that is part of the program asks for by name.</summary>
    private static IEnumerable<string> Direct() =>
        new[] { "src", "dialogs", "models" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
            .Select(reference => (string)reference.Attribute("Include")!);

    /// <summary>As the last restore resolved it; packages without files that run are tools.</summary>
    private static List<(string Name, string Licence)> Shipped()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "ServiceDeskBot", "obj", "project.assets.json")));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = assets.RootElement.GetProperty("libraries");
        return
        [
            .. assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package" && (library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _)))
                .Select(library => (library.Name.Split('/')[0], LicenceOf(libraries.GetProperty(library.Name).GetProperty("path").GetString()!, folders))),
        ];
    }

    /// <summary>The name of its licence, or the first words of the text that comes in its place.</summary>
    private static string LicenceOf(string path, IEnumerable<string> folders)
    {
        var nuspec = folders.Select(folder => Path.Combine(folder, path)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.nuspec")).First();
        var licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "file"
            ? File.ReadLines(Path.Combine(Path.GetDirectoryName(nuspec)!, licence.Value)).First(line => line.Trim().Length > 0)
            : licence?.Value ?? "none named";
    }
}
