using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServiceDeskBot.Channels.Slack;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

/// <summary>The Slack channel in a real host on loopback, between a recording desk and a stub of Slack.</summary>
internal sealed class SlackDesk : IAsyncDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private SlackDesk(WebApplication app, SlackStub slack, RecordingTurns turns, SettableClock clock)
    {
        (_app, Slack, Turns, Clock) = (app, slack, turns, clock);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public SlackStub Slack { get; }

    public RecordingTurns Turns { get; }

    public SettableClock Clock { get; }

    public SlackOutlet Outlet => _app.Services.GetRequiredService<SlackOutlet>();

    public string Address => _app.Urls.Single();

    public static async Task<SlackDesk> StartAsync(params (string Key, string? Value)[] settings)
    {
        var slack = await SlackStub.StartAsync();
        var (turns, clock) = (new RecordingTurns(), new SettableClock());
        var builder = Builder([("Slack:SigningSecret", Secret), ("Slack:BotToken", "xoxb-test"), ("Slack:ApiUrl", slack.Address.ToString())]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<ITurns>(turns);
        builder.AddSlackChannel();
        var app = builder.Build();
        app.MapSlackChannel();
        await app.StartAsync();
        return new SlackDesk(app, slack, turns, clock);
    }

    public static WebApplicationBuilder Builder(IEnumerable<(string Key, string? Value)> settings, string environment = "Production")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging().AddRouting();
        builder.Services.AddSingleton(new Phrasebook(typeof(SlackChannel).Assembly));
        return builder;
    }

    public Task<HttpResponseMessage> EventAsync(string inner, string eventId = "Ev1") => PostAsync("events", SlackPayloads.Envelope(inner, eventId), Json);

    public Task<HttpResponseMessage> InteractAsync(string payload) => PostAsync("interactivity", "payload=" + Uri.EscapeDataString(payload), Form);

    public Task<HttpResponseMessage> CommandAsync(string text, string channel = "C0NET", string trigger = "1.2.abc") => PostAsync(
        "commands",
        $"team_id={SlackStub.Team}&channel_id={channel}&channel_name=network&user_id=U0MARA&user_name=mara&command=%2Fdesk&text={Uri.EscapeDataString(text)}&trigger_id={trigger}",
        Form);

    /// <summary>Posts what Slack would post, signed at the desk's time.</summary>
    public Task<HttpResponseMessage> PostAsync(string endpoint, string body, string contentType) =>
        PostAsync(endpoint, Encoding.UTF8.GetBytes(body), contentType, Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), null);

    /// <param name="signature"><c>null</c> for the right one, empty for none.</param>
    public async Task<HttpResponseMessage> PostAsync(string endpoint, byte[] body, string contentType, string? timestamp, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/" + endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        signature ??= SlackSignature.Sign(body, timestamp ?? "", Secret);
        if (timestamp is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        }

        if (signature.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
        }

        return await _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await Slack.DisposeAsync();
    }
}

/// <summary>Shows the time it was set to; timers run as ever.</summary>
internal sealed class SettableClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 9, 12, 3, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

internal static class Responses
{
    public static async Task<string> IsAsync(this Task<HttpResponseMessage> pending, HttpStatusCode expected)
    {
        using var response = await pending;
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
