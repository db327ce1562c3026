using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.Storage.PostgreSql;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>
/// People who report something, confirm it and then add to it, one numbered line after the other. Whatever is not taken is delivered again,
/// perhaps to another replica; every third delivery goes to both at once.
/// </summary>
internal sealed class Crowd(TeamsPlatform teams, IReadOnlyList<Uri> replicas) : IDisposable
{
    private const int AtOnce = 12;
    private const int Lines = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<int, bool> _told = new();
    private volatile bool _enough;
    private int _people;
    private int _delivered;

    public int People => _told.Count;

    public int Delivered => _delivered;

    /// <summary>Beyond the card and one answer to each line. That it was received may be said as often as somebody waits.</summary>
    public int TooMany => teams.Connector.Board.Posts
        .Where(post => post.Author is null && post.Card.Text.Trim() != "Got it, one moment.")
        .GroupBy(post => post.Conversation, StringComparer.Ordinal)
        .Sum(chat => Math.Max(0, chat.Count() - 1 - Lines));

    public Task TalkAsync() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
    {
        while (!_enough)
        {
            await TellAsync(Interlocked.Increment(ref _people));
        }
    })));

    /// <summary>Ends when so many more people are done than now.</summary>
    public async Task ToldAsync(int more)
    {
        var until = People + more;
        await Eventually.HoldsAsync(() => ValueTask.FromResult(People >= until), () => $"{People} people are done; {until} should be", Patience);
    }

    public void EnoughSaid() => _enough = true;

    public void Dispose() => _http.Dispose();

    public async Task EverythingIsThereOnceAsync(PostgreSqlCluster server)
    {
        await using var store = new PostgreSqlDeskStore(server.ConnectionString, TimeProvider.System);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var snapshot = await store.SnapshotAsync(TestContext.Current.CancellationToken);
        var queries = await snapshot.TicketsAsync(new TicketFilter(Type: "query", Limit: 100_000));
        var records = await snapshot.TicketsAsync(new TicketFilter(Limit: 100_000));
        Assert.Equal((People, People), (queries.Count, queries.DistinctBy(query => query.Reporter).Count()));
        Assert.Equal((People, People), (records.Count, records.DistinctBy(record => record.Reporter).Count()));
        foreach (var record in records)
        {
            Assert.Equal(JsonSerializer.Serialize(record), JsonSerializer.Serialize(TicketLife.Replay(await snapshot.EventsAsync(record.Id))));
            var lines = (await snapshot.TextsAsync(record.Id)).Where(text => text.Text.Contains("line ", StringComparison.Ordinal)).Select(text => text.Text[^1..]);
            Assert.Equal(string.Concat(Enumerable.Range(1, Lines)), string.Concat(lines));
        }

        Assert.Equal(
            await server.ReadAsync<string>("SELECT md5(string_agg(conversation || ' ' || seq, ', ' ORDER BY conversation, seq)) FROM inbox"),
            await server.ReadAsync<string>("SELECT md5(string_agg(conversation || ' ' || seq, ', ' ORDER BY conversation, xmin::text::bigint)) FROM inbox"));
    }

    private async Task TellAsync(int n)
    {
        await SayAsync(n, $"My laptop number {n} does not start any more.");
        var card = await Eventually.GetAsync(() => ValueTask.FromResult(PostsOf(n).FirstOrDefault(post => Confirm(post) is not null)), () => $"{Name(n)} was not answered.", Patience);
        await DeliverAsync(teams.InvokeOf(Name(n), card, Confirm(card)!));
        for (var line = 1; line <= Lines; line++)
        {
            await SayAsync(n, $"About that laptop, line {line}");
        }

        _told[n] = true;
    }

    private Task SayAsync(int n, string text)
    {
        var activity = teams.Activity(Name(n), "message", teams.NewId(), teams.ChatOf(Name(n)), null);
        activity["text"] = text;
        return DeliverAsync(activity);
    }

    private async Task DeliverAsync(JsonObject activity)
    {
        var json = activity.ToJsonString();
        var delivery = Interlocked.Increment(ref _delivered);
        var attempt = delivery;
        await Eventually.HoldsAsync(
            async () =>
            {
                var first = SendAsync(json, replicas[attempt++ % replicas.Count]);
                return delivery % 3 == 0 ? (await Task.WhenAll(first, SendAsync(json, replicas[attempt % replicas.Count]))).Any(taken => taken) : await first;
            },
            () => $"Nobody took {json}",
            Patience);
    }

    private async Task<bool> SendAsync(string json, Uri replica)
    {
        try
        {
            using var request = teams.RequestOf(json);
            request.RequestUri = new Uri(replica, request.RequestUri!);
            using var response = await _http.SendAsync(request);
            return response.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private List<SeenPost> PostsOf(int n) => [.. teams.Connector.Board.Posts.Where(post => post.Author is null && post.Conversation == teams.ChatOf(Name(n)))];

    private static string Name(int n) => string.Create(CultureInfo.InvariantCulture, $"user-{n:00000}");

    private static SeenButton? Confirm(SeenPost post) => post.Card.Button("That's right") ?? post.Card.Button("Just log it");
}
