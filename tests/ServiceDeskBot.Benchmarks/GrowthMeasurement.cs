using System.Globalization;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Benchmarks;

/// <summary>The same turns on a young desk and on one with years of work behind it: what they cost must not grow with what is stored.</summary>
internal static class GrowthMeasurement
{
    private const int Young = 1000;
    private const int AtOnce = 2000;

    /// <summary>What nobody has solved yet, at either size.</summary>
    private const int Open = 900;

    /// <param name="grown">How many tickets the older desk has.</param>
    public static async Task<int> RunAsync(int runs, int requests, int grown)
    {
        using var published = await PublishedDesk.MakeAsync(PublishedDesk.Checkout());
        await using var stub = await PlatformStub.StartAsync();
        Scenario[] scenarios = [new FirstMessage("Teams first message", Teams.Instance), new StatusQuestion()];
        var results = new Dictionary<(string Scenario, int Tickets), List<Result>>();
        using var young = await KnownPeople.PrepareAsync(stub.Url);
        using var old = await KnownPeople.PrepareAsync(stub.Url);
        foreach (var (people, tickets) in new[] { (young, Young), (old, grown) })
        {
            var began = TimeProvider.System.GetTimestamp();
            await StoreAsync(people, tickets);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tickets:N0} tickets stored in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s, {people.Bytes / 1e6:0} MB"));
        }

        for (var run = 1; run <= runs; run++)
        {
            foreach (var scenario in scenarios)
            {
                foreach (var (people, tickets) in new[] { (young, Young), (old, grown) })
                {
                    var result = await new Measurement(scenario, 64, requests).RunAsync(BotKind.Desk, published, stub, people);
                    results.TryAdd((scenario.Name, tickets), []);
                    results[(scenario.Name, tickets)].Add(result);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}: {scenario.Name}, {tickets:N0} tickets: {result}"));
                }
            }
        }

        foreach (var scenario in scenarios)
        {
            var (before, after) = (results[(scenario.Name, Young)], results[(scenario.Name, grown)]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{scenario.Name}: {Median(after) / Median(before):0.00} times the core ({Median(before):0} to {Median(after):0} µs; ratios of the runs {string.Join(", ", before.Zip(after, (one, other) => (other.Processor / one.Processor).ToString("0.00", CultureInfo.InvariantCulture)))})"));
        }

        return results.Values.All(all => all.TrueForAll(result => result.IsComplete)) ? 0 : 1;
    }

    private static double Median(List<Result> results) => results.Select(result => result.Processor).Order().ElementAt(results.Count / 2);

    private static async Task StoreAsync(KnownPeople people, int tickets)
    {
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(900);
        await using (var store = people.Open())
        {
            await store.OpenAsync(CancellationToken.None);
            foreach (var some in Enumerable.Range(0, tickets).Chunk(AtOnce))
            {
                await store.CommitAsync(new UnitOfWork([.. some.SelectMany(n => Past(n, at + (TimeSpan.FromDays(890) * ((double)n / tickets)), n >= tickets - Open))]), CancellationToken.None);
            }
        }

        // Their cards were sent long ago, and that is forgotten.
        people.Run("DELETE FROM outbox");
    }

    /// <summary>One ticket with its words, its course and its two cards.</summary>
    private static IEnumerable<Write> Past(int n, DateTimeOffset at, bool isOpen)
    {
        // Numbers that the measured desk, which begins to count at its own, will not reach.
        var (id, person) = ($"INC-{9_000_000 + n}", $"p-bench-{n * 7 % KnownPeople.Count}");
        var decision = new Decision(at);
        var ticket = decision.Begin(new Registered(id, "incident", person, person, "teams") { At = at, By = person, Opened = at, Text = $"{id}/1" }, Texts.Of(n % Texts.Count));
        ticket = decision.Apply(ticket, new Classified("wifi", "network", "network", "person", "medium", 3) { At = at, By = "desk" });
        if (!isOpen)
        {
            decision.Apply(
                ticket,
                new Claimed("ada") { At = at + TimeSpan.FromHours(1), By = "ada" },
                new Resolved("ada") { At = at + TimeSpan.FromHours(3), By = "ada" },
                new Closed(TicketClosure.Confirmed) { At = at + TimeSpan.FromHours(4), By = person });
        }

        decision.Add(new PutText(new TicketText($"{id}/1", id, "message", person, "user", Texts.Of(n % Texts.Count), at, $"post-{n}")));
        decision.Add(new AddMirror(new Mirror(0, id, MirrorKind.Requester, new Place("teams", Teams.Conversation(n * 7 % KnownPeople.Count), null, PlaceKind.Personal) { Organisation = Teams.Tenant }, $"card-{n}", "en", "Europe/Berlin")));
        decision.Add(new AddMirror(new Mirror(0, id, MirrorKind.Team, new Place("teams", "19:network@thread.tacv2", null, PlaceKind.Channel) { Organisation = Teams.Tenant }, $"team-{n}", "en", "Europe/Berlin")));
        decision.Add(new TiePost("teams", Teams.Conversation(n * 7 % KnownPeople.Count), $"post-{n}", id));
        return decision.ToUnit().Writes;
    }
}
