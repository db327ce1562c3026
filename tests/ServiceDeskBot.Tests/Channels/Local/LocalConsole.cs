using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Channels.Local;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Local;

/// <summary>The console's endpoints on a real port of this machine, with turns that are recorded and answered as the test says.</summary>
internal sealed class LocalConsole : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;
    private readonly bool _ownsData;

    private LocalConsole(WebApplication app, DirectoryInfo data, bool ownsData, HttpClient browser)
    {
        (_app, _data, _ownsData, Browser) = (app, data, ownsData, browser);
    }

    public HttpClient Browser { get; }

    public RecordedTurns Turns => (RecordedTurns)_app.Services.GetRequiredService<ITurns>();

    public IOutlet Outlet => _app.Services.GetRequiredService<IOutlet>();

    public static Reader Reader { get; } = Reader.For("en", "UTC");

    public static async Task<LocalConsole> StartAsync(string environment = "Development", DirectoryInfo? data = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("console-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, Args = [$"--Data:Path={folder.FullName}"] });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Desk());
        builder.Services.AddSingleton(new CurrentDesk(() => new DeskReading.Complete(Desk()), () => "", NullLogger<CurrentDesk>.Instance));
        builder.Services.AddSingleton(new Phrasebook(typeof(HtmlCardRenderer).Assembly));
        builder.Services.AddSingleton<ITurns>(new RecordedTurns());
        builder.AddLocalChannel();
        var app = builder.Build();
        app.MapLocalChannel();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new LocalConsole(app, folder, data is null, new HttpClient { BaseAddress = new Uri(address) });
    }

    public Task<HttpResponseMessage> PostAsync(string kind, object body) => Browser.PostAsJsonAsync($"/local/{kind}", body);

    /// <summary>Posts and reads the answer, which must be a good one.</summary>
    public async Task<JsonElement> DeliverAsync(string kind, object body)
    {
        using var response = await PostAsync(kind, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>What a page would show.</summary>
    public async Task<IReadOnlyList<JsonElement>> PostsAsync(string conversation, string chat = "wanda")
    {
        var state = await Browser.GetFromJsonAsync<JsonElement>($"/local/state?chat={chat}");
        return [.. state.GetProperty("posts").EnumerateArray().Where(post => post.GetProperty("conversation").GetString() == conversation)];
    }

    /// <summary>The desk hangs up a plain card; answers its id.</summary>
    public async Task<string> HangUpAsync(string conversation, string text, string? thread = null)
    {
        var kind = conversation.StartsWith("dm:", StringComparison.Ordinal) ? PlaceKind.Personal : PlaceKind.Channel;
        var sent = await Outlet.PostAsync(new Place("local", conversation, thread, kind), Card.Of(text), Reader, CancellationToken.None);
        return Assert.IsType<SendResult.Sent>(sent).PostId;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _app.DisposeAsync();
        if (_ownsData)
        {
            _data.Delete(recursive: true);
        }
    }

    private static DeskContent Desk() => new(
        [Team("network", "Network"), Team("service-desk", "Service desk")],
        Services: [],
        Catalogue: [],
        Calendars: [],
        Policies: null!,
        [Person("wanda", "Wanda Weiss"), Person("ada", "Ada Lovelace", "agent"), Person("mara", "Mara Klein", "manager")],
        Articles: []);

    private static Team Team(string id, string name) =>
        new(id, name, "ada", ["ada"], [id], "office", Closed: false, new Dictionary<string, string> { ["local"] = id });

    private static KnownPerson Person(string id, string name, params string[] roles) =>
        new(id, name, $"{id}@example.com", roles, Manager: null, "Warehouse", "Leipzig", "en", "Europe/Berlin", new Dictionary<string, string>());
}

/// <summary>Keeps what was handed in; a second delivery gets the first one's answer, as the desk does it.</summary>
internal sealed class RecordedTurns : ITurns
{
    private readonly ConcurrentDictionary<string, Task<Answer>> _answers = new(StringComparer.Ordinal);

    public ConcurrentQueue<Turn> Accepted { get; } = new();

    public Turn Last => Accepted.Last();

    public Func<Turn, Answer> Answering { get; set; } = _ => Answer.None;

    public bool IsDown { get; set; }

    public Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new StoreUnavailableException("down", new IOException());
        }

        var isNew = false;
        var answer = _answers.GetOrAdd(turn.Key, _ =>
        {
            isNew = true;
            Accepted.Enqueue(turn);
            return Task.FromResult(Answering(turn));
        });
        return Task.FromResult(new Received(isNew, answer));
    }

    public async Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken)
    {
        var received = await AcceptAsync(turn, cancellationToken);
        return new Decided(received.IsNew, await received.Answer);
    }

    public ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
