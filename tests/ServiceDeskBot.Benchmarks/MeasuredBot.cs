namespace ServiceDeskBot.Benchmarks;

/// <summary>
/// One bot in a measurement: started, warmed up and left alone until its processor rests, then asked in slices. While it is not asked
/// it does nothing, so that others can be asked in between: what a machine's neighbours take, they then take from all.
/// </summary>
internal sealed class MeasuredBot : IAsyncDisposable
{
    private readonly Measurement _what;
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

    private MeasuredBot(Measurement what, BotKind kind, PlatformStub stub, BotProcess bot, HttpClient http, DirectoryInfo data, byte[][] bodies, int before)
    {
        (_what, _kind, _stub, _bot, _http, _data, _bodies, _before) = (what, kind, stub, bot, http, data, bodies, before);
    }

    private bool IsDesk => _kind is BotKind.Desk or BotKind.Counted;

    private bool IsPerRequest => _what.Connections == 1;

    /// <param name="stub">No other bot may post to it meanwhile.</param>
    public static async Task<MeasuredBot> StartAsync(Measurement what, BotKind kind, PublishedDesk? published, PlatformStub stub, KnownPeople people)
    {
        stub.Forget();
        var isDesk = kind is BotKind.Desk or BotKind.Counted;
        stub.Keeps = what.Scenario is Tap && isDesk;
        var data = people.Copy();
        var bot = await BotProcess.StartAsync(kind, published, stub.Url, data.FullName, what.Requests);
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = what.Connections }) { BaseAddress = bot.Address };
        if (what.Scenario.IsSecond && isDesk)
        {
            var first = what.Bodies(n => what.Scenario.Platform.Says(n, Texts.Of(n % Texts.Count), stub.Url));
            await what.SendAsync([http], first, 0, first.Length);
            await Measurement.PostedAsync(stub, first.Length);
        }

        var before = stub.Posts;
        var bodies = what.Bodies(n => isDesk ? what.Scenario.Body(n, stub) : what.Scenario.Echoed(n, stub));
        await what.SendAsync([http], bodies, 0, Measurement.WarmUp);
        await Measurement.PostedAsync(stub, before + Measurement.WarmUp);
        if (isDesk)
        {
            await Measurement.DrainedAsync(data);
        }

        await bot.RestsAsync();
        return new MeasuredBot(what, kind, stub, bot, http, data, bodies, before);
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
        _refused += await _what.SendAsync([_http], _bodies, first, requests, times, IsPerRequest ? _stub : null);
        _answering += TimeProvider.System.GetElapsedTime(began);
        await Measurement.PostedAsync(_stub, _before + first + requests);
        if (IsDesk)
        {
            await Measurement.DrainedAsync(_data);
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
            IsDesk && _what.Scenario is Tap ? Measurement.Posted(_data) - _stub.Posts : _before + _bodies.Length - _stub.Posts,
            IsDesk && _what.Scenario.Opens is { } type ? _bodies.Length - await Measurement.TicketsAsync(_data, type) : 0);
    }

    /// <summary>After <see cref="EndAsync"/>.</summary>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _data.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
