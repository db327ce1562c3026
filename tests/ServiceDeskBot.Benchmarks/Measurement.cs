using System.Net;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Sqlite;

namespace ServiceDeskBot.Benchmarks;

/// <summary>One thing that is measured: so many requests over so many connections, each by another person, until the last reply has arrived.</summary>
internal sealed record Measurement(string Name, Platform Platform, int Connections, int Requests)
{
    private const int WarmUp = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<Result> RunAsync(BotKind kind, PlatformStub stub, KnownPeople people)
    {
        stub.Forget();
        var data = people.Copy();
        var bodies = Enumerable.Range(0, WarmUp + Requests).Select(n => Platform.Body(n, stub.Url)).ToArray();
        Result result;
        await using (var bot = await BotProcess.StartAsync(kind, stub.Url, data.FullName))
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = bot.Address };
            await SendAsync(http, bodies, 0, WarmUp, null);
            await DrainedAsync(stub, WarmUp);

            var times = new double[Requests];
            var used = bot.Used;
            var began = TimeProvider.System.GetTimestamp();
            var refused = await SendAsync(http, bodies, WarmUp, Requests, times);
            var answered = TimeProvider.System.GetElapsedTime(began);
            await DrainedAsync(stub, WarmUp + Requests);
            var drained = TimeProvider.System.GetElapsedTime(began);
            Array.Sort(times);
            result = new Result(
                Requests / answered.TotalSeconds,
                Requests / drained.TotalSeconds,
                times[Requests / 2],
                times[(int)(Requests * 0.99)],
                (bot.Used - used).TotalMicroseconds / Requests,
                refused,
                WarmUp + Requests - stub.Answered,
                stub.Messages - stub.Answered,
                0);
        }

        result = result with { TicketsMissing = kind == BotKind.Desk ? WarmUp + Requests - await TicketsAsync(data) : 0 };
        data.Delete(recursive: true);
        return result;
    }

    /// <summary>How many were not answered with 200.</summary>
    private async Task<int> SendAsync(HttpClient http, byte[][] bodies, int first, int count, double[]? times)
    {
        var next = first - 1;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < first + count; n = Interlocked.Increment(ref next))
            {
                var began = TimeProvider.System.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, Platform.Path) { Content = new ByteArrayContent(bodies[n]) };
                request.Content.Headers.ContentType = Slack.Json;
                Platform.Complete(request, bodies[n]);
                using var response = await http.SendAsync(request);
                if (times is not null)
                {
                    times[n - first] = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
                }

                if (response.StatusCode != HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }));
        return refused;
    }

    private static async Task DrainedAsync(PlatformStub stub, int conversations)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (stub.Answered < conversations && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private static async Task<int> TicketsAsync(DirectoryInfo data)
    {
        await using var store = new SqliteDeskStore($"Data Source={Path.Combine(data.FullName, "desk.db")}", TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var snapshot = await store.SnapshotAsync(CancellationToken.None);
        return (await snapshot.TicketsAsync(new TicketFilter(Type: "query", Limit: 100_000))).Count;
    }
}

/// <param name="Answered">Requests answered per second.</param>
/// <param name="Drained">Per second until the last reply was at the platform: what can be kept up.</param>
/// <param name="Median">Milliseconds until the request was answered.</param>
/// <param name="Slow">The 99th percentile of the same.</param>
/// <param name="Processor">Microseconds of the bot's core per request.</param>
/// <param name="Refused">Requests not answered with 200.</param>
/// <param name="RepliesMissing">Conversations without a reply at the end.</param>
/// <param name="RepliesTooMany">Replies beyond one per conversation.</param>
internal sealed record Result(double Answered, double Drained, double Median, double Slow, double Processor, int Refused, int RepliesMissing, int RepliesTooMany, int TicketsMissing)
{
    public bool IsComplete => Refused == 0 && RepliesMissing == 0 && RepliesTooMany == 0 && TicketsMissing == 0;

    public override string ToString() =>
        $"{Answered:0}/s answered, {Drained:0}/s drained, p50 {Median:0.00} ms, p99 {Slow:0.0} ms, {Processor:0} µs of its core each"
        + (IsComplete ? "" : $"; INCOMPLETE: {Refused} refused, {RepliesMissing} without reply, {RepliesTooMany} replies too many, {TicketsMissing} tickets missing");
}
