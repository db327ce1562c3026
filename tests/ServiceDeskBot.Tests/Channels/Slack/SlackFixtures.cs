using System.Text.Json;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

/// <summary>Payloads recorded by others, beside the repository (DESK_SHARED, else ../shared); tests skip by name where they are not there.</summary>
internal static class SlackFixtures
{
    private static string Folder { get; } = Path.Combine(Shared(), "fixtures", "slack");

    public static JsonElement Read(string file) => JsonElement.Parse(Text(file));

    public static string Text(string file)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, file)), $"{file} is not in {Folder}");
        return File.ReadAllText(Path.Combine(Folder, file));
    }

    public static IReadOnlyList<string> Matching(string pattern)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there");
        return [.. Directory.EnumerateFiles(Folder, pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    private static string Shared() =>
        Environment.GetEnvironmentVariable("DESK_SHARED") is { Length: > 0 } told ? told : Path.Combine(Repository.Root, "..", "shared");
}
