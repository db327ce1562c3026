using System.Diagnostics;
using System.Globalization;
using ServiceDeskBot.Benchmarks;

// dotnet run -c Release --project tests/ServiceDeskBot.Benchmarks [-- --runs 3 --requests 6000]
// (The same program is also the endpoint that only echoes: it starts itself for that.)
if (args is ["echo", var echoUrl, var stubUrl])
{
    await EchoBot.RunAsync(echoUrl, stubUrl);
    return 0;
}

// … -- catalogue: only what a search in a large catalogue costs.
if (args is ["catalogue"])
{
    return await CatalogueSearchMeasurement.RunAsync();
}

var runs = Option("--runs", 3);
var requests = Option("--requests", 6000);
if (Environment.ProcessorCount >= 2 && OperatingSystem.IsLinux())
{
    // The bot gets the first core for itself; the load and the platform's stub share the second.
    Process.GetCurrentProcess().ProcessorAffinity = 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {runs} runs, up to {requests} requests each, {KnownPeople.Count:N0} known people, {Texts.Count:N0} texts");
using var seed = await KnownPeople.PrepareAsync();
await using var stub = await PlatformStub.StartAsync();
Measurement[] plan =
[
    new("Teams turn that creates a ticket", Teams.Instance, 1, Math.Min(requests, 1500)),
    new("Teams turn that creates a ticket", Teams.Instance, 16, requests),
    new("Teams turn that creates a ticket", Teams.Instance, 64, requests),
    new("Slack acknowledgement", Slack.Instance, 16, requests),
];
var report = new Report();
for (var run = 1; run <= runs; run++)
{
    foreach (var measurement in plan)
    {
        foreach (var kind in new[] { BotKind.Echo, BotKind.Desk })
        {
            var result = await measurement.RunAsync(kind, stub, seed);
            report.Add(measurement, kind, result);
            Console.WriteLine($"run {run}: {measurement.Name}, {measurement.Connections} connections, {kind}: {result}");
        }
    }
}

report.Print();
return report.IsComplete ? 0 : 1;

int Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
