using System.Diagnostics;

namespace ServiceDeskBot.Benchmarks;

/// <summary>The platforms' own bot libraries for JavaScript, installed from the npm registry once per machine, outside the project.</summary>
internal static class Peers
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "service-desk-bot-peers");

    /// <summary>False, with a line that says why, where there is no Node.js or no registry: then only the floor stands beside the desk.</summary>
    public static async Task<bool> InstallAsync()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "peers")))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }

        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, UseShellExecute = false })!;
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
            if (npm.ExitCode == 0)
            {
                return true;
            }

            Console.WriteLine($"npm install failed ({npm.ExitCode}): measured without peers");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.WriteLine($"npm is missing ({missing.Message}): measured without peers");
        }

        return false;
    }

    public static string[] Command(BotKind kind, Uri address, string stubUrl) => kind == BotKind.BotBuilder
        ? ["node", Path.Combine(Folder, "botbuilder.js"), $"{address.Port}"]
        : ["node", Path.Combine(Folder, "bolt.js"), $"{address.Port}", $"{stubUrl}/api/", Slack.Secret];
}
