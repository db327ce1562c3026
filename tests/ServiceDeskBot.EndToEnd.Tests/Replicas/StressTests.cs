using System.Globalization;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>
/// Two replicas as processes of their own on one PostgreSQL, under load; each is killed once, and the server is restarted twice, once by a
/// crash: whenever so many people have told their matter, so that a slow machine sees the same. <c>STRESS_MINUTES=10 tests/stress</c> goes
/// by the clock: a kill every twenty seconds, three restarts, for as long as one likes.
/// </summary>
public sealed class StressTests
{
    private const int ServerRestarts = 3;

    /// <summary>Without the clock: rounds in which both happen, and people between one thing and the next.</summary>
    private const int Rounds = 2;
    private const int Between = 10;

    /// <summary>Messages that may be on their way when a replica is killed, each of which may arrive twice.</summary>
    private const int MostOnTheWay = 32;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ServerAway = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task TwoReplicas_KilledInTurnAndServerRestarted_LoseNothingDoubleNothingKeepOrder()
    {
        double? minutes = double.TryParse(Environment.GetEnvironmentVariable("STRESS_MINUTES"), CultureInfo.InvariantCulture, out var given) ? given : null;
        await using var server = await PostgreSqlCluster.StartNewAsync();
        var data = Directory.CreateTempSubdirectory("desk-stress-");
        await using var teams = new TeamsPlatform();
        await teams.OpenAsync(new ManualClock(TimeProvider.System.GetUtcNow()));
        string[] settings = ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={server.ConnectionString}", $"--Desk:Path={DeskFolders.WithoutConsole().FullName}", "--Logging:LogLevel:Default=Warning"];
        await using var one = new DeskProcess(data.CreateSubdirectory("1").FullName, settings);
        await using var two = new DeskProcess(data.CreateSubdirectory("2").FullName, settings);
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        using var crowd = new Crowd(teams, [one.Address, two.Address]);
        using var waits = new LockWaits(server);

        var (talks, looks) = (crowd.TalkAsync(), waits.LookAsync());
        var began = TimeProvider.System.GetTimestamp();
        var (kills, restarts) = minutes is { } some ? await DisturbAsync([one, two], server, TimeSpan.FromMinutes(some)) : await DisturbAsync([one, two], server, crowd);
        crowd.EnoughSaid();
        await talks;
        var left = "";
        await Eventually.HoldsAsync(async () => (left = await LeftAsync(server)).Length == 0, () => $"Work is left: {left}\n{Told(one, two)}", Patience);
        await waits.StopAsync(looks);

        Report($"{crowd.Delivered} deliveries of {crowd.People} people in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s; {kills} kills, {restarts} restarts of the server; "
            + $"{crowd.TooMany} messages twice; {TakenOver(one, two)} turns taken over; {waits}");
        await crowd.EverythingIsThereOnceAsync(server);
        Assert.True(crowd.TooMany <= (kills + (2 * restarts)) * MostOnTheWay, $"{crowd.TooMany} messages came twice");
        Assert.Equal("", await server.ReadAsync<string>("SELECT COALESCE(string_agg(failure, ', '), '') FROM inbox WHERE failure IS NOT NULL"));
        Assert.Equal("", await server.ReadAsync<string>("SELECT COALESCE(string_agg(reason, ', '), '') FROM outbox WHERE state = 'dead'"));
        data.Delete(recursive: true);
    }

    /// <summary>A kill, an orderly restart of the server, the other kill, a crash of the server: each as soon as so many more people are done.</summary>
    private static async Task<(int Kills, int Restarts)> DisturbAsync(DeskProcess[] replicas, PostgreSqlCluster server, Crowd crowd)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await crowd.ToldAsync(Between);
            replicas[round].Kill();
            await crowd.ToldAsync(Between);
            await replicas[round].StartAsync();
            await crowd.ToldAsync(Between);
            await server.StopAsync(crash: round == 1);
            await server.StartAsync();
        }

        await crowd.ToldAsync(Between);
        return (Rounds, Rounds);
    }

    private static async Task<(int Kills, int Restarts)> DisturbAsync(DeskProcess[] replicas, PostgreSqlCluster server, TimeSpan time)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (kills, restarts) = (0, 0);
        var nextKill = BetweenKills / 2;
        while (TimeProvider.System.GetElapsedTime(began) is var passed && (passed < time || restarts < ServerRestarts))
        {
            if (passed > time * (restarts + 1) / (ServerRestarts + 1) && restarts < ServerRestarts)
            {
                await server.StopAsync(crash: restarts == 1);
                await Task.Delay(ServerAway, TimeProvider.System);
                await server.StartAsync();
                restarts++;
            }
            else if (passed > nextKill)
            {
                var killed = replicas[kills++ % replicas.Length];
                killed.Kill();
                nextKill = passed + BetweenKills;
                await killed.StartAsync();
            }
            else
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        return (kills, restarts);
    }

    /// <summary>What is undecided or unsent, by conversation; empty when nothing is.</summary>
    private static Task<string> LeftAsync(PostgreSqlCluster server) => server.ReadAsync<string>(
        """
        SELECT COALESCE(string_agg(what, '; '), '') FROM (
            (SELECT 'undecided ' || conversation || ' ' || count(*) AS what FROM inbox WHERE done_at IS NULL GROUP BY conversation LIMIT 5)
            UNION ALL
            (SELECT 'unsent ' || lane || ' ' || count(*) || ' ' || COALESCE(max(reason), '') FROM outbox WHERE state = 'queued' GROUP BY lane LIMIT 5)) AS work_left
        """);

    private static int TakenOver(params DeskProcess[] replicas) =>
        replicas.Sum(replica => replica.Output.Split("was left undecided by a replica").Length - 1);

    private static string Told(params DeskProcess[] replicas) => string.Join("\n--\n", replicas.Select(replica => string.Join('\n', replica.Output.Split('\n').TakeLast(30))));

    private static void Report(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Console.WriteLine(line);
    }
}
