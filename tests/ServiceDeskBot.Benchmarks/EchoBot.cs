using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceDeskBot.Benchmarks;

/// <summary>The yardstick: an ASP.NET Core endpoint that stores nothing and only sends the words back through the same stub.</summary>
internal static class EchoBot
{
    public static async Task RunAsync(string url, string stubUrl)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        using var http = new HttpClient();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/api/messages", async (HttpContext context) =>
        {
            using var activity = await JsonDocument.ParseAsync(context.Request.Body);
            var conversation = activity.RootElement.GetProperty("conversation").GetProperty("id").GetString()!;
            var reply = new JsonObject { ["type"] = "message", ["text"] = activity.RootElement.GetProperty("text").GetString() };
            await SendAsync(http, $"{activity.RootElement.GetProperty("serviceUrl").GetString()}/v3/conversations/{Uri.EscapeDataString(conversation)}/activities", reply);
        });
        app.MapPost("/slack/events", async (HttpContext context) =>
        {
            using var envelope = await JsonDocument.ParseAsync(context.Request.Body);
            var post = envelope.RootElement.GetProperty("event");
            var reply = new JsonObject { ["channel"] = post.GetProperty("channel").GetString(), ["text"] = post.GetProperty("text").GetString() };

            // Slack is acknowledged first, by this bot as well.
            _ = SendAsync(http, $"{stubUrl}/api/chat.postMessage", reply);
        });
        await app.RunAsync();
    }

    private static async Task SendAsync(HttpClient http, string url, JsonObject body)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync(url, content);
        response.EnsureSuccessStatusCode();
    }
}
