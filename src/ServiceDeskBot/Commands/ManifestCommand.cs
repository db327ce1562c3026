using System.CommandLine;
using System.IO.Compression;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Channels.Teams;

namespace ServiceDeskBot.Commands;

/// <summary><c>manifest --out DIR</c>: the app packages that an administrator installs, with the app id and the desk's address filled in.</summary>
internal static class ManifestCommand
{
    // What stands in the manifests as they lie in the repository.
    private const string NoAppId = "00000000-0000-0000-0000-000000000000";
    private const string NoHost = "desk.example.com";

    public static Command Create(CommandRun run)
    {
        var to = new Option<string>("--out") { Description = "Folder to write to; created if absent.", Required = true };
        var url = new Option<string?>("--url") { Description = "Where the desk is reached from outside, e.g. https://desk.contoso.com." };
        var command = new Command("manifest", "Writes the Teams and Slack app packages.") { to, url };
        command.SetAction((parsed, _) => WriteAsync(parsed.GetRequiredValue(to), parsed.GetValue(url), run));
        return command;
    }

    private static async Task<int> WriteAsync(string folder, string? url, CommandRun run)
    {
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "https", PathAndQuery: "/" }))
        {
            return await run.RefuseAsync($"--url is '{url}'. Give an https address without a path, e.g. https://desk.contoso.com.", DeskCommands.Wrong);
        }

        await using var app = run.Build();
        var appId = app.Services.GetRequiredService<IOptions<TeamsOptions>>().Value.AppId;
        var host = url is null ? NoHost : new Uri(url).Authority;
        var teams = Path.Combine(folder, "service-desk-teams.zip");
        var slack = Path.Combine(folder, "service-desk-slack.yaml");
        var from = Path.Combine(AppContext.BaseDirectory, "manifest");
        Directory.CreateDirectory(folder);
        await PackAsync(Path.Combine(from, "teams"), teams, text => text.Replace(NoAppId, appId.Length > 0 ? appId : NoAppId, StringComparison.Ordinal).Replace(NoHost, host, StringComparison.Ordinal));
        await File.WriteAllTextAsync(slack, (await File.ReadAllTextAsync(Path.Combine(from, "slack", "manifest.yaml"))).Replace(NoHost, host, StringComparison.Ordinal));

        await run.SayAsync($"Teams: {teams} (upload it in the Teams admin center)");
        await run.SayAsync($"Slack: {slack} (create an app from this manifest at api.slack.com/apps)");
        if (appId.Length == 0)
        {
            await run.SayAsync("note: Teams:AppId is empty, so the Teams package names no bot yet. Set it and write the packages again.");
        }

        if (url is null)
        {
            await run.SayAsync($"note: both name {NoHost}. Say --url https://… with the address under which Teams and Slack reach the desk.");
        }

        return DeskCommands.Done;
    }

    /// <summary>A Teams package holds the manifest and its pictures side by side, without a folder.</summary>
    private static async Task PackAsync(string from, string to, Func<string, string> fill)
    {
        await using var file = File.Create(to);
        await using var package = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var name in new[] { "manifest.json", "color.png", "outline.png" })
        {
            await using var entry = await package.CreateEntry(name).OpenAsync();
            var content = await File.ReadAllBytesAsync(Path.Combine(from, name));
            await entry.WriteAsync(name.EndsWith(".json", StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetBytes(fill(System.Text.Encoding.UTF8.GetString(content))) : content);
        }
    }
}
