using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Recorded payloads that do not belong to the project: read where they lie, skipped by name where they do not.</summary>
internal static class SharedFiles
{
    public static string? Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("DESK_SHARED") ?? Path.Combine(Repository.Root, "..", "shared");
        var folder = Path.Combine(shared, name);
        return Directory.Exists(folder) ? folder : null;
    }

    public static string ReadOrSkip(string folder, string file)
    {
        var path = Path.Combine(Folder(folder) ?? "", file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not here: ../shared/{folder} or DESK_SHARED");
        return File.ReadAllText(path);
    }
}
