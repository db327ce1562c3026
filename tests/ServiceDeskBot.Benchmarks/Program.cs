using System.Diagnostics;
using System.Globalization;
using ServiceDeskBot.Benchmarks;

// dotnet run -c Release --project tests/ServiceDeskBot.Benchmarks [-- --runs 3 --requests 6000 --only first]
// (The same program is also the endpoint that only echoes, and the desk whose statements are counted: it starts itself for that.)
if (args is ["echo", var echoUrl, var stubUrl])
{
    await EchoBot.RunAsync(echoUrl, stubUrl);
    return 0;
}

if (args is ["desk", var divisor, .. var given])
{
    return await Tally.RunAsync(int.Parse(divisor, CultureInfo.InvariantCulture), given);
}

// … -- catalogue: only what a search in a large catalogue costs.
if (args is ["catalogue"])
{
    return await CatalogueSearchMeasurement.RunAsync();
}

// … -- counts: what a turn asks of SQLite, allocates and writes, instead of how fast it is.
var counts = args.Contains("counts");
var runs = Option("--runs", counts ? 1 : 3);

// … -- start: only how soon the published desk answers, and what it takes while nobody writes.
if (args is ["start", ..])
{
    return await StartMeasurement.RunAsync(runs);
}

var requests = Option("--requests", 6000);
// … -- replicas: only whether two desks on one PostgreSQL do at least as much as one.
if (args is ["replicas", ..])
{
    return await ReplicasMeasurement.RunAsync(runs, requests);
}

if (Environment.ProcessorCount >= 2 && OperatingSystem.IsLinux())
{
    // The bot gets the first core for itself; the load and the platform's stub share the second.
    Process.GetCurrentProcess().ProcessorAffinity = 2;
}

// … -- grown: only what the same turns cost on a desk with 1,000 tickets and on one with 1,000,000.
if (args is ["grown", ..])
{
    return await GrowthMeasurement.RunAsync(runs, requests, Option("--tickets", 1_000_000));
}

Scenario first = new FirstMessage("Teams first message", Teams.Instance);
Scenario slack = new FirstMessage("Slack first message", Slack.Instance);
Measurement[] plan =
[
    new(first, 64, requests),
    new(new Tap(), 64, requests),
    new(new StatusQuestion(), 64, requests),
    new(slack, 64, requests),
    new(first, 1, Math.Min(requests, 1500)),
];
if (Text("--only") is { } only)
{
    plan = [.. plan.Where(measurement => measurement.Scenario.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
}

if (Option("--connections", 0) is var connections and > 0)
{
    plan = [.. plan.Where(measurement => measurement.Connections == connections)];
}

// … -- beside /path/to/another/checkout: only what its desk takes for the same turns at the same time.
if (args is ["beside", var other, ..])
{
    return await BesideMeasurement.RunAsync(new DirectoryInfo(other), plan, runs);
}

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {runs} runs, up to {requests} requests each, {KnownPeople.Count:N0} known people, {Texts.Count:N0} texts");
var stubs = new Dictionary<BotKind, PlatformStub>();
foreach (var kind in Enum.GetValues<BotKind>())
{
    stubs[kind] = await PlatformStub.StartAsync();
}

using var seed = await KnownPeople.PrepareAsync(stubs[counts ? BotKind.Counted : BotKind.Desk].Url);
using var published = counts ? null : await PublishedDesk.MakeAsync(PublishedDesk.Checkout());
var hasPeers = !counts && await Peers.InstallAsync();
var report = new Report();
for (var run = 1; run <= runs; run++)
{
    foreach (var measurement in plan)
    {
        BotKind[] kinds = [.. Beside(measurement)];
        var results = await measurement.ByTurnsAsync(kinds, published, stubs, seed);
        foreach (var (kind, result) in kinds.Zip(results))
        {
            report.Add(measurement, kind, result);
            Console.WriteLine($"run {run}: {measurement.Scenario.Name}, {measurement.Connections} connections, {kind}: {result}");
        }
    }
}

foreach (var stub in stubs.Values)
{
    await stub.DisposeAsync();
}

report.Print();
return report.IsComplete ? 0 : 1;

// What stands beside the desk in this measurement; the desk comes last.
IEnumerable<BotKind> Beside(Measurement measurement) =>
    Text("--bots") is { } bots ? bots.Split(',').Select(Enum.Parse<BotKind>)
    : counts ? [BotKind.Counted]
    : !hasPeers ? [BotKind.Floor, BotKind.Desk]
    : measurement.Scenario.Platform is Teams ? [BotKind.Floor, BotKind.BotBuilder, BotKind.Desk]
    : [BotKind.Floor, BotKind.Bolt, BotKind.Desk];

string? Text(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

int Option(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
