using System.Globalization;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Sqlite;

namespace ServiceDeskBot.Benchmarks;

/// <summary>
/// One bot in a measurement: started, warmed up and left alone until its processor rests, then asked in slices. While it is not asked
/// it does nothing, so that others can be asked in between: what a machine's neighbours take, they then take from all.
/// </summary>
internal sealed class MeasuredBot : IAsyncDisposable
{
    private readonly Measurement _measurement;
    private readonly BotKind _kind;
    private readonly PlatformStub _stub;
    private readonly BotProcess _bot;
    private readonly HttpClient _http;
    private readonly DirectoryInfo _data;
    private readonly byte[][] _bodies;
    private readonly int _before;
    private readonly List<double> _times = [];
    private TimeSpan _answering;
    private TimeSpan _finishing;
    private TimeSpan _used;
    private int _refused;
    private bool _ended;

    private MeasuredBot(Measurement measurement, BotKind kind, PlatformStub stub, BotProcess bot, HttpClient http, DirectoryInfo data, byte[][] bodies, int before)
    {
        (_measurement, _kind, _stub, _bot, _http, _data, _bodies, _before) = (measurement, kind, stub, bot, http, data, bodies, before);
    }

    private bool IsDesk => _kind is BotKind.Desk or BotKind.Counted;

    /// <param name="stub">No other bot may post to it meanwhile.</param>
    public static async Task<MeasuredBot> StartAsync(Measurement measurement, BotKind kind, PublishedDesk? published, PlatformStub stub, KnownPeople people)
    {
        stub.Forget();
        var isDesk = kind is BotKind.Desk or BotKind.Counted;
        stub.Keeps = measurement.Scenario is Tap && isDesk;
        var data = people.Copy();
        var bot = await BotProcess.StartAsync(kind, published, stub.Url, data.FullName, measurement.Requests);
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = measurement.Connections }) { BaseAddress = bot.Address };
        if (measurement.Scenario.IsSecond && isDesk)
        {
            var first = measurement.Bodies(n => measurement.Scenario.Platform.Says(n, Texts.Of(n % Texts.Count), stub.Url));
            await measurement.SendAsync([http], first, 0, first.Length);
            await Measurement.PostedAsync(stub, first.Length);
        }

        var before = stub.Posts;
        var bodies = measurement.Bodies(n => isDesk ? measurement.Scenario.Body(n, stub) : measurement.Scenario.Echoed(n, stub));
        await measurement.SendAsync([http], bodies, 0, Measurement.WarmUp);
        await Measurement.PostedAsync(stub, before + Measurement.WarmUp);
        if (isDesk)
        {
            await DrainedAsync(data);
        }

        await bot.RestsAsync();
        return new MeasuredBot(measurement, kind, stub, bot, http, data, bodies, before);
    }

    /// <summary>The next so many requests; ends when everything that they led to is sent and stored.</summary>
    public async Task AskAsync(int requests)
    {
        if (_kind == BotKind.Counted)
        {
            await _bot.TallyAsync();
        }

        var first = Measurement.WarmUp + _times.Count;
        var times = new double[requests];
        var used = _bot.Used;
        var began = TimeProvider.System.GetTimestamp();
        _refused += await _measurement.SendAsync([_http], _bodies, first, requests, times, _measurement.Connections == 1 ? _stub : null);
        _answering += TimeProvider.System.GetElapsedTime(began);
        await Measurement.PostedAsync(_stub, _before + first + requests);
        if (IsDesk)
        {
            await DrainedAsync(_data);
        }

        _finishing += TimeProvider.System.GetElapsedTime(began, _stub.LastPost);
        _used += _bot.Used - used;
        _times.AddRange(times);
        if (_kind == BotKind.Counted)
        {
            await _bot.TallyAsync();
        }
    }

    /// <summary>Stops the bot and counts.</summary>
    public async Task<Result> EndAsync()
    {
        var resident = _bot.Resident;
        _ended = true;
        await _bot.DisposeAsync();
        _times.Sort();
        var count = _times.Count;
        return new Result(
            count / _answering.TotalSeconds,
            count / _finishing.TotalSeconds,
            _times[count / 2],
            _times[(int)(count * 0.99)],
            _used.TotalMicroseconds / count,
            resident,
            _refused,
            IsDesk && _measurement.Scenario is Tap ? Posted(_data) - _stub.Posts : _before + _bodies.Length - _stub.Posts,
            IsDesk && _measurement.Scenario.Opens is { } type ? _bodies.Length - await TicketsAsync(_data, type) : 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await _bot.DisposeAsync();
        }

        _http.Dispose();
        _data.Delete(recursive: true);
    }

    /// <summary>Ends when the desk has decided and sent everything.</summary>
    private static async Task DrainedAsync(DirectoryInfo data)
    {
        await using var store = new SqliteDeskStore($"Data Source={Path.Combine(data.FullName, "desk.db")}", TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Measurement.Patience)
        {
            await using var snapshot = await store.SnapshotAsync(CancellationToken.None);
            if (await snapshot.FiguresAsync() is { UndoneTurns: 0, UnsentMessages: 0 })
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>
    /// How many messages the desk's own books hold as posted: a tap also asks the first question of a script where the category has one,
    /// so their number is not that of the taps.
    /// </summary>
    private static int Posted(DirectoryInfo data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "desk.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT (SELECT count(*) FROM (SELECT DISTINCT lane, post_id FROM mirrors WHERE post_id IS NOT NULL))
                + (SELECT count(*) FROM outbox WHERE state = 'sent' AND body LIKE '%"do":"post"%')
            """;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static async Task<int> TicketsAsync(DirectoryInfo data, string type)
    {
        await using var store = new SqliteDeskStore($"Data Source={Path.Combine(data.FullName, "desk.db")}", TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        await using var snapshot = await store.SnapshotAsync(CancellationToken.None);
        var opened = await snapshot.TicketsAsync(new TicketFilter(Type: type, Limit: 100_000));

        // The model takes a few of the thousand texts for a request: those are opened too.
        return type == "query" ? opened.Count : opened.Count + (await snapshot.TicketsAsync(new TicketFilter(Type: "request", Limit: 100_000))).Count;
    }
}
