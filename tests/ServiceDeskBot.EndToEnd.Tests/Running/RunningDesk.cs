using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
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
using ServiceDeskBot.Storage.Tests;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>
/// The whole host in this process on a port of its own, with a folder of its own, a clock that the test moves, and a chat
/// platform that the test plays. At the end it checks what must hold after any test: every ticket is what its events tell,
/// nothing is left undone, and no error was logged that the test did not expect.
/// </summary>
public sealed partial class RunningDesk : IDesk, IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private readonly string[] _args;
    private WebApplication _app;
    private List<string> _doubt = [];
    private ConcurrentDictionary<(string Conversation, string Post), PostedCard> _cards = [];
    private readonly DirectoryInfo _data;
    private readonly LogKeeper _log;
    private readonly HashSet<string> _expectedErrors = [];
    private readonly SemaphoreSlim _looking = new(1, 1);

    // Of a desk of two replicas only.
    private WebApplication? _other;
    private PostgreSqlServer? _server;

    private RunningDesk(WebApplication app, string[] args, ChatPlatform platform, ManualClock clock, DirectoryInfo data, LogKeeper log)
    {
        (_app, _args, Platform, Clock, _data, _log) = (app, args, platform, clock, data, log);
        Address = AddressOf(app);
    }

    /// <summary>A Tuesday in office hours.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 9, 12, 0, TimeSpan.Zero);

    public ChatPlatform Platform { get; }

    public ManualClock Clock { get; }

    public Uri Address { get; }

    public IReadOnlyList<Uri> Addresses => _other is null ? [Address] : [Address, AddressOf(_other)];

    public IDeskStore Store => _app.Services.GetRequiredService<IDeskStore>();

    public ITriageModel Model => _app.Services.GetRequiredService<ITriageModel>();

    /// <summary>What the other replica asks; <c>null</c> without one.</summary>
    public ITriageModel? OtherModel => _other?.Services.GetRequiredService<ITriageModel>();

    /// <summary>The settings by which a verb finds the desk's database.</summary>
    public IEnumerable<string> StorageSettings => _args.Where(arg => arg.StartsWith("--Storage:", StringComparison.Ordinal));

    public IEnumerable<LogLine> Log => _log.Lines;

    /// <summary>Every message of the desk as it is now, before any platform drew it.</summary>
    public IEnumerable<PostedCard> Cards => _cards.Values;

    /// <summary>What the desk decides with.</summary>
    public DeskBrain Brain => _app.Services.GetRequiredService<Func<DeskBrain>>()();

    public string DataPath => _data.FullName;

    /// <param name="platform"><c>teams</c>, <c>slack</c> or <c>local</c>.</param>
    public static Task<RunningDesk> StartAsync(string platform, params string[] settings) => StartAsync(ChatPlatform.Of(platform), settings);

    /// <summary>Two hosts with nothing in common but one PostgreSQL database. Each delivery goes to the other one than the delivery before.</summary>
    public static async Task<RunningDesk> StartReplicasAsync(ChatPlatform platform, params string[] settings)
    {
        var server = await PostgreSqlServer.NewDatabaseAsync();
        string[] shared = ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={server.ConnectionString}", .. settings];
        var desk = await StartAsync(platform, shared);
        desk._server = server;
        desk._other = await HostAsync([.. desk._args, $"--Data:Path={desk._data.CreateSubdirectory("other").FullName}"], desk.Clock, desk._log, desk._doubt, desk._cards);
        platform.Connect(desk);
        return desk;
    }

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
    /// <param name="meanwhile">What is done while nobody has the database open.</param>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        await SettledAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
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

    /// <summary>The deliveries of each conversation as they were numbered when they arrived.</summary>
    public Task<string?> InboxOrderAsync() => _server!.ReadAsync("SELECT string_agg(conversation || ' ' || seq, ', ' ORDER BY conversation, seq) FROM inbox");

    /// <summary>The same deliveries in the order in which the database carried them out.</summary>
    public Task<string?> DecidedOrderAsync() => _server!.ReadAsync("SELECT string_agg(conversation || ' ' || seq, ', ' ORDER BY conversation, xmin::text::bigint) FROM inbox");

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
                NothingSecretInTheLog();
            }
        }
        finally
        {
            foreach (var replica in Replicas)
            {
                await replica.StopAsync();
                await replica.DisposeAsync();
            }

            await Platform.DisposeAsync();
            await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
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

    /// <summary>One look at a time: hundreds of people who look at once would keep a database server from its work.</summary>
    private async ValueTask<bool> IsSettledAsync()
    {
        await _looking.WaitAsync();
        try
        {
            return await LookAsync();
        }
        finally
        {
            _looking.Release();
        }
    }

    private async ValueTask<bool> LookAsync()
    {
        // A keeper that was between looking and waiting when time passed would sleep on old time.
        Array.ForEach(Replicas, replica => replica.Services.GetRequiredService<Signals>().ChangedElsewhere());
        var now = Clock.GetUtcNow();
        if ((await Store.DueTimersAsync(now, 1, CancellationToken.None)).Count > 0 || Array.Exists(Replicas, replica => replica.Services.GetRequiredService<TurnQueue>().Running > 0))
        {
            return false;
        }

        // What a timer or a turn has left to send is looked at after it is known to be done.
        await using var snapshot = await Store.SnapshotAsync(CancellationToken.None);
        var figures = await snapshot.FiguresAsync();
        return figures.UndoneTurns == 0

            // To ask replicas for what is due would take it from them.
            && (figures.UnsentMessages == 0 || (_other is null && (await Store.DueMessagesAsync(now, [], 1, CancellationToken.None)).Count == 0));
    }

    private WebApplication[] Replicas => _other is null ? [_app] : [_app, _other];

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private async Task EveryTicketReplaysAsync()
    {
        await using var snapshot = await Store.SnapshotAsync(CancellationToken.None);
        foreach (var ticket in await TicketsAsync())
        {
            var told = TicketLife.Replay(await snapshot.EventsAsync(ticket.Id));
            Assert.Equal(JsonSerializer.Serialize(ticket, Readable), JsonSerializer.Serialize(told, Readable));
        }
    }

    /// <summary>What the settings call a secret, and whatever somebody wanted to write into the log as a line of its own.</summary>
    private void NothingSecretInTheLog()
    {
        var secrets = _args.Where(arg => Secret().IsMatch(arg)).Select(arg => arg[(arg.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(secret => secret.Length > 3).ToList();
        Assert.DoesNotContain(Log, line => secrets.Exists(secret => line.Text.Contains(secret, StringComparison.Ordinal)) || line.Text.Contains("\nforged:", StringComparison.Ordinal));
    }

    [GeneratedRegex("^--[A-Za-z:0-9]*(Secret|Password|Token|Key)=", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    private void NoUnexpectedError() => Assert.DoesNotContain(
        Log,
        line => line.Level >= LogLevel.Error && !_expectedErrors.Any(words => line.Text.Contains(words, StringComparison.Ordinal)));
}
