namespace ServiceDeskBot.Tests;

/// <summary>Where the sources lie, for tests that read them.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ServiceDeskBot.sln")) ? folder : Find(Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("The tests run outside a checkout."));
}
