using System.Net;

namespace ServiceDeskBot.Benchmarks;

/// <summary>One thing that is measured: so many requests over so many connections, each by another person, until the last message is at the platform.</summary>
internal sealed record Measurement(Scenario Scenario, int Connections, int Requests)
{
    // What the runtime takes to compile is not what a turn costs. Under load that goes on beside the work for long after a method
    // was called often enough, so whoever was warmed up is left alone until its processor rests.
    public const int WarmUp = 8000;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // So many turns each bot has. With one, neighbours that take half a machine for seconds decide the ratio; with a dozen, beginning and end
    // do, and caches that others have filled meanwhile.
    private const int Slices = 4;

    /// <summary>Everything at once, of one bot.</summary>
    public async Task<Result> RunAsync(BotKind kind, PublishedDesk? published, PlatformStub stub, KnownPeople people)
    {
        await using var bot = await MeasuredBot.StartAsync(this, kind, published, stub, people);
        await bot.AskAsync(Requests);
        return await bot.EndAsync();
    }

    /// <summary>The same of several bots, in slices by turns: on a machine that is twice as fast a minute later, each meets every minute.</summary>
    /// <param name="stubs">One for each.</param>
    public async Task<IReadOnlyList<Result>> ByTurnsAsync(
        IReadOnlyList<BotKind> kinds, PublishedDesk? published, IReadOnlyDictionary<BotKind, PlatformStub> stubs, KnownPeople people)
    {
        var slices = kinds.Count > 1 ? Slices : 1;
        var bots = new List<MeasuredBot>();
        try
        {
            foreach (var kind in kinds)
            {
                bots.Add(await MeasuredBot.StartAsync(this, kind, published, stubs[kind], people));
            }

            for (var slice = 0; slice < slices; slice++)
            {
                foreach (var bot in bots)
                {
                    await bot.AskAsync((Requests * (slice + 1) / slices) - (Requests * slice / slices));
                }
            }

            var results = new List<Result>();
            foreach (var bot in bots)
            {
                results.Add(await bot.EndAsync());
            }

            return results;
        }
        finally
        {
            foreach (var bot in bots)
            {
                await bot.DisposeAsync();
            }
        }
    }

    public byte[][] Bodies(Func<int, byte[]> of) => [.. Enumerable.Range(0, WarmUp + Requests).Select(of)];

    /// <summary>How many were not answered with 200.</summary>
    /// <param name="bots">They take turns.</param>
    /// <param name="times">Gets the milliseconds that each took.</param>
    /// <param name="stub">For one connection: a request takes until its reply is there, and the next one comes after it. <c>null</c>: until it is answered.</param>
    public async Task<int> SendAsync(HttpClient[] bots, byte[][] bodies, int first, int count, double[]? times = null, PlatformStub? stub = null)
    {
        var posted = stub?.Posts ?? 0;
        var next = first - 1;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < first + count; n = Interlocked.Increment(ref next))
            {
                var began = TimeProvider.System.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, Scenario.Platform.Path) { Content = new ByteArrayContent(bodies[n]) };
                request.Content.Headers.ContentType = Slack.Json;
                Scenario.Platform.Complete(request, bodies[n]);
                using var response = await bots[n % bots.Length].SendAsync(request);
                if (stub is not null)
                {
                    await stub.ReachesAsync(++posted).WaitAsync(Patience);
                }

                if (times is not null)
                {
                    times[n - first] = (stub is null ? TimeProvider.System.GetElapsedTime(began) : TimeProvider.System.GetElapsedTime(began, stub.LastPost)).TotalMilliseconds;
                }

                if (response.StatusCode != HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }));
        return refused;
    }

    /// <summary>Ends when so many messages were posted, or patience does.</summary>
    public static async Task PostedAsync(PlatformStub stub, int messages)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (stub.Posts < messages && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}

/// <param name="Answered">Requests answered per second.</param>
/// <param name="Finished">Per second until the last message was at the platform: what can be kept up.</param>
/// <param name="Median">Milliseconds until the request was answered; with one connection until its reply was at the platform.</param>
/// <param name="Slow">The 99th percentile of the same.</param>
/// <param name="Processor">Microseconds of the bot's core per request.</param>
/// <param name="Resident">MiB of memory after the last request.</param>
/// <param name="Refused">Requests not answered with 200.</param>
/// <param name="PostsMissing">Messages that the platform should have got and did not; negative: too many.</param>
/// <param name="TicketsMissing">Tickets that should be stored and are not.</param>
internal sealed record Result(double Answered, double Finished, double Median, double Slow, double Processor, long Resident, int Refused, int PostsMissing, int TicketsMissing)
{
    public bool IsComplete => Refused == 0 && PostsMissing == 0 && TicketsMissing == 0;

    public override string ToString() =>
        $"{Answered:0}/s answered, {Finished:0}/s finished, p50 {Median:0.00} ms, p99 {Slow:0.0} ms, {Processor:0} µs of its core each, {Resident} MiB"
        + (IsComplete ? "" : $"; INCOMPLETE: {Refused} refused, {PostsMissing} messages missing, {TicketsMissing} tickets missing");
}
