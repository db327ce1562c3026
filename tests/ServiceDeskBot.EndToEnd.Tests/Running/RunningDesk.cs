using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.Hosting;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>
/// The whole host in this process on a port of its own, with a folder of its own, a clock that the test moves, and a chat
/// platform that the test plays. At the end it checks what must hold after any test: every ticket is what its events tell,
/// nothing is left undone, and no error was logged that the test did not expect.
/// </summary>
public sealed class RunningDesk : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly string[] _args;
    private WebApplication _app;
    private List<string> _doubt = [];
    private ConcurrentDictionary<(string Conversation, string Post), PostedCard> _cards = [];
    private readonly DirectoryInfo _data;
    private readonly LogKeeper _log;
    private readonly HashSet<string> _expectedErrors = [];

    private RunningDesk(WebApplication app, string[] args, ChatPlatform platform, ManualClock clock, DirectoryInfo data, LogKeeper log)
    {
        (_app, _args, Platform, Clock, _data, _log) = (app, args, platform, clock, data, log);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>A Tuesday in office hours.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 9, 12, 0, TimeSpan.Zero);

    public ChatPlatform Platform { get; }

    public ManualClock Clock { get; }

    public Uri Address { get; }

    public IDeskStore Store => _app.Services.GetRequiredService<IDeskStore>();

    public ITriageModel Model => _app.Services.GetRequiredService<ITriageModel>();

    public IEnumerable<LogLine> Log => _log.Lines;

    /// <summary>Every message of the desk as it is now, before any platform drew it.</summary>
    public IEnumerable<PostedCard> Cards => _cards.Values;

    /// <summary>What the desk decides with.</summary>
    public DeskBrain Brain => _app.Services.GetRequiredService<Func<DeskBrain>>()();

    public string DataPath => _data.FullName;

    /// <param name="platform"><c>teams</c>, <c>slack</c> or <c>local</c>.</param>
    public static Task<RunningDesk> StartAsync(string platform, params string[] settings) => StartAsync(ChatPlatform.Of(platform), settings);

    public static async Task<RunningDesk> StartAsync(ChatPlatform platform, params string[] settings)
    {
        var clock = new ManualClock(Start);
        var log = new LogKeeper();
        var data = Directory.CreateTempSubdirectory("desk-data-");
        await platform.OpenAsync(clock);
        string[] args = ["--environment", "Development", "--urls", "http://127.0.0.1:0", $"--Data:Path={data.FullName}", .. platform.Settings, .. settings];
        var doubt = new List<string>();
        var cards = new ConcurrentDictionary<(string Conversation, string Post), PostedCard>();
        var app = await HostAsync(args, clock, log, doubt, cards);
        var desk = new RunningDesk(app, args, platform, clock, data, log) { _doubt = doubt, _cards = cards };
        platform.Connect(desk);
        return desk;
    }

    /// <summary>The program ends and starts anew on what is stored, at the same address.</summary>
    public async Task RestartAsync()
    {
        await SettledAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = await HostAsync([.. _args, "--urls", Address.ToString()], Clock, _log, _doubt, _cards);
    }

    /// <summary>Somebody on the platform; <c>ada</c> is <c>ada@example.com</c> everywhere.</summary>
    public ChatPerson Person(string name) => Platform.Person(name);

    /// <summary>The test means to provoke an error whose log line holds this.</summary>
    public void ExpectError(string words) => _expectedErrors.Add(words);

    /// <summary>From now on the model cannot decide between these labels; none: it is itself again.</summary>
    public void LetTheModelWaver(params IReadOnlyList<string> between)
    {
        _doubt.Clear();
        _doubt.AddRange(between);
    }

    /// <summary>Everything taken in is decided, and everything due is sent.</summary>
    public Task SettledAsync() => Eventually.HoldsAsync(IsSettledAsync, () => $"The desk does not come to rest. Log:\n{string.Join('\n', Log.Select(line => line.Text).TakeLast(30))}");

    /// <summary>Time passes, and what was due meanwhile is done.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await SettledAsync();
        Clock.Advance(time);
        await SettledAsync();
    }

    public async Task<IReadOnlyList<Ticket>> TicketsAsync()
    {
        await using var snapshot = await Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return [.. await snapshot.TicketsAsync(new TicketFilter(Limit: 100_000)), .. await snapshot.TicketsAsync(new TicketFilter(Type: "query", Limit: 100_000))];
    }

    /// <summary>The only ticket of its type.</summary>
    public async Task<Ticket> OnlyAsync(string type) => Assert.Single(await TicketsAsync(), ticket => ticket.Type == type);

    /// <summary>What happened to the only ticket of its type, as the contract names it.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string type)
    {
        var ticket = await OnlyAsync(type);
        await using var snapshot = await Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return [.. (await snapshot.EventsAsync(ticket.Id)).Select(happened => JsonSerializer.SerializeToElement(happened).EnumerateObject().First().Value.GetString()!)];
    }

    public async Task<IReadOnlyList<TicketText>> TextsAsync(string ticket)
    {
        await using var snapshot = await Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return await snapshot.TextsAsync(ticket);
    }

    public async Task<Survey?> SurveyAsync(string ticket)
    {
        await using var snapshot = await Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return await snapshot.SurveyAsync(ticket);
    }

    public async Task<T> ReadAsync<T>(Func<IDeskSnapshot, ValueTask<T>> read)
    {
        await using var snapshot = await Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return await read(snapshot);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (TestContext.Current.TestState?.Result != TestResult.Failed)
            {
                await SettledAsync();
                await EveryTicketReplaysAsync();
                NoUnexpectedError();
            }
        }
        finally
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            await Platform.DisposeAsync();
            _data.Delete(recursive: true);
        }
    }

    private static IOutlet Made(ServiceDescriptor outlet, IServiceProvider provider) => (IOutlet)(outlet.ImplementationInstance
        ?? outlet.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, outlet.ImplementationType!));

    private static async Task<WebApplication> HostAsync(string[] args, ManualClock clock, LogKeeper log, List<string> doubt, ConcurrentDictionary<(string Conversation, string Post), PostedCard> cards)
    {
        var app = DeskApplication.Build(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            var model = builder.Services.Last(service => service.ServiceType == typeof(ITriageModel));
            builder.Services.AddSingleton<ITriageModel>(provider => new WaveringModel(() => (ITriageModel)model.ImplementationFactory!(provider), () => doubt));
            foreach (var outlet in builder.Services.Where(service => service.ServiceType == typeof(IOutlet)).ToList())
            {
                builder.Services.Remove(outlet);
                builder.Services.AddSingleton<IOutlet>(provider => new CardLog(Made(outlet, provider), cards));
            }

            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(log);
            builder.Logging.SetMinimumLevel(LogLevel.Information);
        });
        await app.StartAsync();
        return app;
    }

    private async ValueTask<bool> IsSettledAsync()
    {
        // A keeper that was between looking and waiting when time passed would sleep on old time.
        var signals = _app.Services.GetRequiredService<Signals>();
        signals.TimersChanged();
        signals.OutboxChanged();
        var now = Clock.GetUtcNow();
        await using var snapshot = await Store.SnapshotAsync(CancellationToken.None);
        return (await snapshot.FiguresAsync()).UndoneTurns == 0
            && (await Store.DueTimersAsync(now, 1, CancellationToken.None)).Count == 0
            && (await Store.DueMessagesAsync(now, [], 1, CancellationToken.None)).Count == 0
            && _app.Services.GetRequiredService<TurnQueue>().Running == 0;
    }

    private async Task EveryTicketReplaysAsync()
    {
        await using var snapshot = await Store.SnapshotAsync(CancellationToken.None);
        foreach (var ticket in await TicketsAsync())
        {
            var told = TicketLife.Replay(await snapshot.EventsAsync(ticket.Id));
            Assert.Equal(JsonSerializer.Serialize(ticket, Readable), JsonSerializer.Serialize(told, Readable));
        }
    }

    private void NoUnexpectedError() => Assert.DoesNotContain(
        Log,
        line => line.Level >= LogLevel.Error && !_expectedErrors.Any(words => line.Text.Contains(words, StringComparison.Ordinal)));
}
