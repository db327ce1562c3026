using System.Globalization;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>
/// Two replicas as processes of their own on one PostgreSQL, under load; every twenty seconds one is killed, and three times the
/// server is restarted, once by a crash. For a minute here; <c>STRESS_MINUTES=10 tests/stress</c> for as long as one likes.
/// </summary>
public sealed class StressTests
{
    private const int ServerRestarts = 3;

    /// <summary>Messages that may be on their way when a replica is killed, each of which may arrive twice.</summary>
    private const int MostOnTheWay = 32;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ServerAway = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task TwoReplicas_KilledInTurnAndServerRestarted_LoseNothingDoubleNothingKeepOrder()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("STRESS_MINUTES"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        await using var server = await PostgreSqlCluster.StartNewAsync();
        var data = Directory.CreateTempSubdirectory("desk-stress-");
        await using var teams = new TeamsPlatform();
        await teams.OpenAsync(new ManualClock(TimeProvider.System.GetUtcNow()));
        string[] settings = ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={server.ConnectionString}", "--Logging:LogLevel:Default=Warning"];
        await using var one = new DeskProcess(data.CreateSubdirectory("1").FullName, settings);
        await using var two = new DeskProcess(data.CreateSubdirectory("2").FullName, settings);
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        using var crowd = new Crowd(teams, [one.Address, two.Address]);
        using var waits = new LockWaits(server);

        var (talks, looks) = (crowd.TalkAsync(), waits.LookAsync());
        var kills = await DisturbAsync([one, two], server, TimeSpan.FromMinutes(minutes));
        crowd.EnoughSaid();
        await talks;
        var left = "";
        await Eventually.HoldsAsync(async () => (left = await LeftAsync(server)).Length == 0, () => $"Work is left: {left}\n{Told(one, two)}", Patience);
        await waits.StopAsync(looks);

        Report($"{crowd.Delivered} deliveries of {crowd.People} people in {minutes} min; {kills} kills, {ServerRestarts} restarts of the server; "
            + $"{crowd.TooMany} messages twice; {TakenOver(one, two)} turns taken over; {waits}");
        await crowd.EverythingIsThereOnceAsync(server);
        Assert.True(crowd.TooMany <= (kills + (2 * ServerRestarts)) * MostOnTheWay, $"{crowd.TooMany} messages came twice");
        Assert.Equal("", await server.ReadAsync<string>("SELECT COALESCE(string_agg(failure, ', '), '') FROM inbox WHERE failure IS NOT NULL"));

        // A query's card that was posted, and not marked as such before its replica was killed, is not drawn again once the record's card has taken its place.
        Assert.Equal("", await server.ReadAsync<string>("SELECT COALESCE(string_agg(reason, ', '), '') FROM outbox WHERE state = 'dead' AND reason NOT LIKE 'superseded by%'"));
        data.Delete(recursive: true);
    }

    private static async Task<int> DisturbAsync(DeskProcess[] replicas, PostgreSqlCluster server, TimeSpan time)
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

        return kills;
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
