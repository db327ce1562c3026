namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>What lies outside the project and is shared with other checks of it.</summary>
public static class SharedFolder
{
    /// <summary><c>DESK_SHARED</c>, else <c>../shared</c> beside the project's root; may not exist.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("DESK_SHARED") is { Length: > 0 } named ? named : System.IO.Path.Combine(Root(), "..", "shared");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ServiceDeskBot.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
