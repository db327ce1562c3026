using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServiceDeskBot.Benchmarks;

/// <summary>The desk as it is installed: compiled ahead of time, in a folder of its own while it is measured.</summary>
internal sealed class PublishedDesk : IDisposable
{
    private readonly DirectoryInfo _folder;

    private PublishedDesk(DirectoryInfo folder) => _folder = folder;

    public string Program => Path.Combine(_folder.FullName, "ServiceDeskBot");

    /// <summary>Its size on disk, without the runtime.</summary>
    public long Bytes => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <param name="checkout">Whose desk.</param>
    public static async Task<PublishedDesk> MakeAsync(DirectoryInfo checkout)
    {
        var published = new PublishedDesk(Directory.CreateTempSubdirectory("desk-published-"));
        using var publish = Process.Start("dotnet", ["publish", Path.Combine(checkout.FullName, "src", "ServiceDeskBot"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", published._folder.FullName, "-v", "q", "-clp:NoSummary"]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException("The desk could not be published.");
        }

        return published;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The root of the checkout that this program was built in.</summary>
    public static DirectoryInfo Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServiceDeskBot.sln")))
        {
            folder = folder.Parent;
        }

        return folder ?? throw new DirectoryNotFoundException("This runs in a checkout.");
    }
}
