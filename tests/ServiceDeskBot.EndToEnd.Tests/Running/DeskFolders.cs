using System.Globalization;
using System.Text;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>Copies of the bundled demo desk with something changed.</summary>
public static class DeskFolders
{
    private static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "desk");

    /// <summary>The demo desk with more agents, <c>agent-001</c> on, in the network team.</summary>
    public static DirectoryInfo WithNetworkAgents(int count)
    {
        var agents = Enumerable.Range(1, count).Select(n => $"agent-{n:000}").ToList();
        var people = new StringBuilder();
        foreach (var agent in agents)
        {
            people.Append(CultureInfo.InvariantCulture, $"\n\n{agent}:\n  name: {agent}\n  email: {agent}@example.com\n  roles: [agent]\n  department: IT\n  site: Hamburg\n  accounts: {{ local: {agent} }}");
        }

        return With(
            ("people.yaml", text => text.TrimEnd() + people + "\n"),
            ("teams.yaml", text => ReplaceOnce(text, "name: Network\n  lead: ada\n  members: [ada, grace, linus]", $"name: Network\n  lead: ada\n  members: [ada, grace, linus, {string.Join(", ", agents)}]")));
    }

    /// <summary>The demo desk with nobody and no team on the local console, which is for one process.</summary>
    public static DirectoryInfo WithoutConsole() => With(
        ("people.yaml", text => Without(text, "  accounts: { local: ")),
        ("teams.yaml", text => Without(text, "  channels: { local: ")));

    public static DirectoryInfo With(params (string File, Func<string, string> Change)[] changes)
    {
        var folder = Directory.CreateTempSubdirectory("desk-content-");
        foreach (var file in Directory.EnumerateFiles(Bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var (file, change) in changes)
        {
            Change(folder, file, change);
        }

        return folder;
    }

    public static void Change(DirectoryInfo folder, string file, Func<string, string> change)
    {
        var path = Path.Combine(folder.FullName, file);
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }

    private static string Without(string text, string beginning)
    {
        var left = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(beginning, StringComparison.Ordinal)));
        return left.Contains(" local:", StringComparison.Ordinal) || left.Length == text.Length
            ? throw new InvalidOperationException($"The demo desk no longer says where the console is by lines that begin with '{beginning}'.")
            : left;
    }

    /// <summary>Fails where the demo desk no longer reads as the test thinks.</summary>
    public static string ReplaceOnce(string text, string old, string with) =>
        text.Split(old).Length == 2 ? text.Replace(old, with, StringComparison.Ordinal) : throw new InvalidOperationException($"The demo desk does not hold once: {old}");
}
