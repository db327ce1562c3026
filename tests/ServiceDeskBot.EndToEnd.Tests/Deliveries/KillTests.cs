using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.Storage.Sqlite;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Deliveries;

/// <summary>The program is killed at random moments while two hundred people talk to it, and started again; Teams delivers anew what was not answered.</summary>
public sealed class KillTests
{
    private const int People = 200;
    private const int AtOnce = 16;
    private const int Kills = 5;

    /// <summary>Messages that may be on their way in the moment of a kill, each of which may arrive twice.</summary>
    private const int MostOnTheWay = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Desk_KilledAtRandomMoments_LosesNothingAndDoublesNothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KILL_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"KILL_SEED={seed}");
        var data = Directory.CreateTempSubdirectory("desk-killed-");
        await using var teams = new TeamsPlatform();
        await teams.OpenAsync(new ManualClock(TimeProvider.System.GetUtcNow()));
        await using var desk = new DeskProcess(data.FullName);
        await desk.StartAsync();
        using var town = new Town(teams, desk.Address);

        var talks = town.TalkAsync();
        await KillAsync(desk, town, new Random(seed));
        await talks;
        await town.RepeatEverythingAsync();

        desk.Kill();
        await desk.File.PassAnHourAsync("unconfirmed");
        await desk.StartAsync();
        await town.EverybodyIsAnsweredAsync(seed);
        await desk.SettledAsync();
        await desk.StopAsync();

        Assert.True(town.MessagesTooMany <= Kills * MostOnTheWay, $"{town.MessagesTooMany} messages came twice (seed {seed})");
        await EveryTicketIsThereOnceAsync(desk, seed);
        data.Delete(recursive: true);
    }

    /// <summary>Each kill falls somewhere in its share of the deliveries.</summary>
    private static async Task KillAsync(DeskProcess desk, Town town, Random random)
    {
        for (var i = 0; i < Kills; i++)
        {
            var after = (People * i / Kills) + random.Next(People / Kills);
            await Eventually.HoldsAsync(() => town.Answered >= after, () => $"Only {town.Answered} deliveries were answered.\n{desk.Output}", Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30)), TimeProvider.System);
            desk.Kill();
            await desk.StartAsync();
        }
    }

    private static async Task EveryTicketIsThereOnceAsync(DeskProcess desk, int seed)
    {
        await using var store = new SqliteDeskStore($"Data Source={desk.File.Path}", TimeProvider.System);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var snapshot = await store.SnapshotAsync(TestContext.Current.CancellationToken);
        var queries = await snapshot.TicketsAsync(new TicketFilter(Type: "query", Limit: 10_000));
        var records = await snapshot.TicketsAsync(new TicketFilter(Limit: 10_000));
        Assert.True(queries.Count == People && queries.DistinctBy(query => query.Reporter).Count() == People, $"{queries.Count} queries (seed {seed})");
        Assert.True(records.Count == People && records.DistinctBy(record => record.Reporter).Count() == People, $"{records.Count} records (seed {seed})");
        Assert.All(queries, query => Assert.Equal("converted", query.Closure));
        foreach (var ticket in queries.Concat(records))
        {
            Assert.Equal(JsonSerializer.Serialize(ticket), JsonSerializer.Serialize(TicketLife.Replay(await snapshot.EventsAsync(ticket.Id))));
        }

        var figures = await snapshot.FiguresAsync();
        Assert.Equal((0L, 0L, 0L), (figures.UndoneTurns, figures.UnsentMessages, figures.DeadLetters));
    }

    /// <summary>People who each have one thing to say. Every fifth never taps.</summary>
    private sealed class Town(TeamsPlatform teams, Uri address) : IDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
        private readonly List<JsonObject> _said = [.. Enumerable.Range(0, People).Select(n => Message(teams, n))];
        private int _answered;

        public int Answered => _answered;

        public void Dispose() => _http.Dispose();

        public int MessagesTooMany => Enumerable.Range(0, People).Sum(n => Posts(n).Count - Expected(n));

        public Task TalkAsync() => Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            await DeliverAsync(_said[n]);
            var card = await Eventually.GetAsync(
                () => ValueTask.FromResult(Posts(n).FirstOrDefault(post => Confirm(post) is not null)),
                () => $"{Name(n)} was not answered.");
            if (Taps(n))
            {
                await DeliverAsync(teams.InvokeOf(Name(n), card, Confirm(card)!));
            }
        });

        /// <summary>Long after: the platform was in doubt about all of it.</summary>
        public Task RepeatEverythingAsync() => Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) => await DeliverAsync(_said[n]));

        public async Task EverybodyIsAnsweredAsync(int seed)
        {
            for (var n = 0; n < People; n++)
            {
                var person = n;
                await Eventually.HoldsAsync(
                    () => Posts(person).Any(post => post.Card.Text.Contains(Taps(person) ? "INC-" : "so I logged it", StringComparison.Ordinal)),
                    () => $"{Name(person)} waits for a word (seed {seed}): {string.Join(" / ", Posts(person).Select(post => post.Card.Text))}",
                    Patience);
            }
        }

        private List<SeenPost> Posts(int n) => [.. teams.Connector.Board.Posts.Where(post => post.Conversation == teams.ChatOf(Name(n)) && post.Author is null)];

        /// <summary>The card; and for who does not tap, that it was logged.</summary>
        private static int Expected(int n) => Taps(n) ? 1 : 2;

        private static bool Taps(int n) => n % 5 != 0;

        private static string Name(int n) => $"user-{n:000}";

        private static SeenButton? Confirm(SeenPost post) => post.Card.Button("That's right") ?? post.Card.Button("Just log it");

        private static JsonObject Message(TeamsPlatform teams, int n)
        {
            var activity = teams.Activity(Name(n), "message", teams.NewId(), teams.ChatOf(Name(n)), null);
            activity["text"] = $"My laptop number {n} does not start any more.";
            return activity;
        }

        /// <summary>Again and again until it is taken, as a platform does.</summary>
        private async Task DeliverAsync(JsonObject activity)
        {
            var json = activity.ToJsonString();
            await Eventually.HoldsAsync(
                async () =>
                {
                    try
                    {
                        using var request = teams.RequestOf(json);
                        using var response = await _http.SendAsync(request);
                        return response.IsSuccessStatusCode;
                    }
                    catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
                    {
                        return false;
                    }
                },
                () => $"Nobody took {json}",
                Patience);
            Interlocked.Increment(ref _answered);
        }
    }
}
