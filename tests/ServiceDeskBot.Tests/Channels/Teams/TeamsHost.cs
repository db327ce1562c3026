using System.Net;
using System.Text.Json.Nodes;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Channels.Teams;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>The Teams channel in a real Kestrel host on loopback, between a recording desk and a stub of Microsoft's services.</summary>
internal sealed class TeamsHost : IAsyncDisposable
{
    public const string AppId = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    private readonly WebApplication _app;

    private TeamsHost(WebApplication app, StubMicrosoft microsoft, RecordingTurns desk, SettableClock clock)
    {
        _app = app;
        Microsoft = microsoft;
        Desk = desk;
        Clock = clock;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public StubMicrosoft Microsoft { get; }

    public RecordingTurns Desk { get; }

    public SettableClock Clock { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public TeamsOutlet Outlet => Services.GetRequiredService<TeamsOutlet>();

    /// <summary>In Development without registration, as for somebody who tries the desk out.</summary>
    public static Task<TeamsHost> UnsignedAsync(params (string Key, string Value)[] settings) => StartAsync(Environments.Development, settings);

    /// <summary>In Production with a registration whose keys and tokens the stub gives.</summary>
    public static async Task<TeamsHost> RegisteredAsync(params (string Key, string Value)[] settings)
    {
        var microsoft = await StubMicrosoft.StartAsync();
        return await StartAsync(
            Environments.Production,
            [
                ("Teams:AppId", AppId), ("Teams:AppPassword", "secret"), ("Teams:TenantId", Tenant), ("Teams:OpenIdMetadataUrl", $"{microsoft.Url}/openid"),
                ("Teams:Authority", microsoft.Url), ("Teams:TrustedServiceUrls:0", microsoft.Url), .. settings,
            ],
            microsoft);
    }

    public static async Task<TeamsHost> StartAsync(string environment, (string Key, string Value)[] settings, StubMicrosoft? microsoft = null)
    {
        var desk = new RecordingTurns();
        var clock = new SettableClock(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Last().Value)));
        if (builder.Configuration["urls"] is null)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ITurns>(desk);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new Phrasebook(typeof(TeamsChannel).Assembly));
        builder.AddTeamsChannel();
        var app = builder.Build();
        app.MapTeamsChannel();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TeamsHost(app, microsoft ?? await StubMicrosoft.StartAsync(), desk, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Microsoft.DisposeAsync();
    }

    public Task<HttpResponseMessage> PostAsync(JsonObject activity, string? token = null) => PostAsync(activity.ToJsonString(), token);

    public Task<HttpResponseMessage> PostAsync(string body, string? token = null, string contentType = "application/json") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, Encoding.UTF8, contentType) }, token);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token = null)
    {
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return await Http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(JsonObject activity, string? token = null)
    {
        using var response = await PostAsync(activity, token);
        return response.StatusCode;
    }

    /// <summary>Ends when the host waits for its clock.</summary>
    public async Task TimerAsync()
    {
        while (Clock.Waiting == 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>Posts an invoke and gives its answer.</summary>
    public async Task<JsonNode> InvokeAsync(JsonObject activity)
    {
        using var response = await PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>A message in a personal chat, to be changed by the test.</summary>
    public JsonObject Message(string text = "the wifi keeps dropping") => new()
    {
        ["type"] = "message",
        ["id"] = "1485983408511",
        ["timestamp"] = "2026-11-20T08:59:58.120Z",
        ["channelId"] = "msteams",
        ["serviceUrl"] = Microsoft.ServiceUrl,
        ["from"] = new JsonObject { ["id"] = "29:1mara", ["name"] = "Mara Lind", ["aadObjectId"] = "0a0a0a0a-0000-0000-0000-000000000001" },
        ["recipient"] = new JsonObject { ["id"] = $"28:{AppId}", ["name"] = "Desk Bot" },
        ["conversation"] = new JsonObject { ["id"] = "a:1mara", ["conversationType"] = "personal", ["tenantId"] = Tenant },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
        ["locale"] = "en-GB",
        ["localTimezone"] = "Europe/London",
        ["text"] = text,
    };

    /// <summary>A pressed button in the team's channel.</summary>
    public JsonObject Press(string verb, JsonObject data)
    {
        var invoke = Message();
        invoke.Remove("text");
        invoke["type"] = "invoke";
        invoke["id"] = "f:17b96347";
        invoke["name"] = "adaptiveCard/action";
        invoke["replyToId"] = "1700";
        invoke["conversation"] = new JsonObject { ["id"] = "19:network@thread.tacv2;messageid=1700", ["conversationType"] = "channel", ["isGroup"] = true, ["tenantId"] = Tenant };
        invoke["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data }, ["trigger"] = "manual" };
        return invoke;
    }
}
