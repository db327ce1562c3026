using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using ServiceDeskBot.Hosting;
using Xunit;

namespace ServiceDeskBot.Tests.Api;

/// <summary>A whole desk on a free port with a database of its own; two programs have keys.</summary>
public sealed class RunningDesk : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("desk-").FullName;
    private WebApplication? _app;

    /// <summary>Calls with the key that may read and write.</summary>
    public HttpClient Erp { get; private set; } = new();

    /// <summary>Calls with the key that may only hand in events.</summary>
    public HttpClient Monitoring { get; private set; } = new();

    /// <summary>Calls with the key that may read what only the security team sees.</summary>
    public HttpClient Siem { get; private set; } = new();

    /// <summary>Calls without a key.</summary>
    public HttpClient Nobody { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        _app = DeskApplication.Build(
        [
            "--environment", "Development", "--urls", "http://127.0.0.1:0", $"--Data:Path={_folder}", "--Logging:LogLevel:Default=Warning",
            "--Api:Keys:0:Name=erp", "--Api:Keys:0:Key=erp-secret", "--Api:Keys:0:Scopes:0=tickets:read", "--Api:Keys:0:Scopes:1=tickets:write",
            "--Api:Keys:1:Name=monitoring", "--Api:Keys:1:Key=monitoring-secret", "--Api:Keys:1:Scopes:0=events",
            "--Api:Keys:2:Name=siem", "--Api:Keys:2:Key=siem-secret", "--Api:Keys:2:Scopes:0=tickets:read", "--Api:Keys:2:Scopes:1=tickets:restricted",
        ]);
        await _app.StartAsync();
        Nobody = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        Erp = WithKey("erp-secret");
        Monitoring = WithKey("monitoring-secret");
        Siem = WithKey("siem-secret");
    }

    public async ValueTask DisposeAsync()
    {
        Nobody.Dispose();
        Erp.Dispose();
        Monitoring.Dispose();
        Siem.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return Erp.SendAsync(request);
    }

    /// <summary>Raises a ticket and answers its id.</summary>
    public async Task<string> RaiseAsync(string text, string reporter = "omar", string? team = null)
    {
        var answer = await PostAsync("/api/v1/tickets", new { text, reporter, category = team }, Guid.NewGuid().ToString());
        return (string)(await JsonAsync(answer))["id"]!;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    private HttpClient WithKey(string key) =>
        new() { BaseAddress = Nobody.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
}
