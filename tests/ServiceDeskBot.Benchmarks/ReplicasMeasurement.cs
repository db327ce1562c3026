using System.Diagnostics;
using System.Globalization;
using Npgsql;
using ServiceDeskBot.Storage.PostgreSql;

namespace ServiceDeskBot.Benchmarks;

/// <summary>First messages to one desk, and in turns to two, on the same PostgreSQL server, which writes to the disk for good. Desks, server, load and stub share the machine.</summary>
internal static class ReplicasMeasurement
{
    private const int Connections = 64;
    private const int Few = 1000;

    // Of each desk, since each compiles for itself what it meets.
    private const int WarmUp = 12_000;

    public static async Task<int> RunAsync(int runs, int requests)
    {
        using var published = await PublishedDesk.MakeAsync(PublishedDesk.Checkout());
        await using var stub = await PlatformStub.StartAsync();
        var cluster = Directory.CreateTempSubdirectory("bench-pg-");
        var server = await ServerAsync("start", cluster);
        var results = new Dictionary<int, List<double>> { [1] = [], [2] = [] };
        for (var run = 1; run <= runs; run++)
        {
            foreach (var (replicas, finished) in results)
            {
                var result = await MeasureAsync(published, stub, await DatabaseAsync(server, $"bench_{run}_{replicas}", stub.Url, (results.Count * WarmUp) + requests), replicas, requests);
                finished.Add(result.Finished);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}, {replicas} desks: {result.Finished:0}/s finished, p99 {result.Slow:0.0} ms{(result is { Refused: 0, Missing: 0 } ? "" : $"; INCOMPLETE: {result.Refused} refused, {result.Missing} messages missing")}"));
            }
        }

        await ServerAsync("stop", cluster);
        cluster.Delete(recursive: true);
        var (one, two) = (Median(results[1]), Median(results[2]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Medians: one desk {one:0}/s, two desks {two:0}/s, {two / one:0.00} times"));
        return two >= one ? 0 : 1;
    }

    private static async Task<(double Finished, double Slow, int Refused, int Missing)> MeasureAsync(PublishedDesk published, PlatformStub stub, string database, int replicas, int requests)
    {
        stub.Forget();
        var warmUp = replicas * WarmUp;
        var load = new Measurement(new FirstMessage("Teams first message", Teams.Instance), Connections, requests);
        var bodies = Enumerable.Range(0, warmUp + requests).Select(n => load.Scenario.Body(n, stub)).ToArray();
        var data = Directory.CreateTempSubdirectory("bench-replicas-");
        var bots = new List<BotProcess>();
        for (var n = 0; n < replicas; n++)
        {
            bots.Add(await BotProcess.StartReplicaAsync(published, stub.Url, data.CreateSubdirectory(n.ToString(CultureInfo.InvariantCulture)).FullName, database));
        }

        HttpClient[] clients = [.. bots.Select(bot => new HttpClient { BaseAddress = bot.Address })];
        await load.SendAsync(clients, bodies, 0, Few);

        // A server does so by itself within a minute or two; before that it plans for tables that it takes for empty.
        await RunAsync(database, "ANALYZE");
        await load.SendAsync(clients, bodies, Few, warmUp - Few);
        await Measurement.PostedAsync(stub, warmUp);
        foreach (var bot in bots)
        {
            await bot.RestsAsync();
        }

        var times = new double[requests];
        var began = TimeProvider.System.GetTimestamp();
        var refused = await load.SendAsync(clients, bodies, warmUp, requests, times);
        await Measurement.PostedAsync(stub, bodies.Length);
        var finished = requests / TimeProvider.System.GetElapsedTime(began, stub.LastPost).TotalSeconds;
        foreach (var bot in bots)
        {
            await bot.DisposeAsync();
        }

        Array.ForEach(clients, client => client.Dispose());
        data.Delete(recursive: true);
        Array.Sort(times);
        return (finished, times[(int)(requests * 0.99)], refused, bodies.Length - stub.Posts);
    }

    /// <summary>A new database in which so many are known.</summary>
    private static async Task<string> DatabaseAsync(string server, string name, string serviceUrl, int people)
    {
        await RunAsync(server, $"CREATE DATABASE {name}");
        var database = server.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal);
        await using var store = new PostgreSqlDeskStore(database, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await KnownPeople.StoreAsync(store, serviceUrl, people);
        return database;
    }

    private static async Task RunAsync(string database, string statement)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What the tests' own server says: its connection string when it starts.</summary>
    private static async Task<string> ServerAsync(string verb, DirectoryInfo cluster)
    {
        var script = Path.Combine(PublishedDesk.Checkout().FullName, "tests", "postgresql");
        var start = new ProcessStartInfo("bash", [script, verb, cluster.FullName]) { RedirectStandardOutput = true, UseShellExecute = false, Environment = { ["POSTGRES_SETTINGS"] = "-c fsync=on" } };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said ?? "" : throw new InvalidOperationException("The PostgreSQL server did not do that.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
