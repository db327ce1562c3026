using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>
/// Slack's Web API. Nothing that Slack or the network does is an exception here: every call ends in a <see cref="SlackReply"/>.
/// Redirects are not followed, so that the token goes nowhere else.
/// </summary>
public sealed class SlackApi(IOptions<SlackOptions> options) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 4 * 1024 * 1024,
    };

    private readonly Uri _base = new(options.Value.ApiUrl.EndsWith('/') ? options.Value.ApiUrl : options.Value.ApiUrl + "/");

    /// <summary>Calls a method that takes JSON (those that change something, and <c>auth.test</c>).</summary>
    public Task<SlackReply> SendAsync(string method, JsonObject body, CancellationToken cancellationToken) =>
        CallAsync(method, Json(body), cancellationToken);

    /// <summary>Calls a method that reads; those take their arguments as a form only.</summary>
    public Task<SlackReply> ReadAsync(string method, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) =>
        CallAsync(method, new FormUrlEncodedContent(arguments), cancellationToken);

    /// <summary>Answers through an interaction's <c>response_url</c>, which is a secret of its own and gets no token; at Slack only, whatever the delivery says.</summary>
    public async Task<SlackReply> RespondAsync(Uri responseUrl, JsonObject body, CancellationToken cancellationToken)
    {
        if (!IsSlacks(responseUrl))
        {
            return new SlackReply("response_url is not Slack's");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, responseUrl) { Content = Json(body) };
        return await SendAsync(request, "ok", cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private bool IsSlacks(Uri url) =>
        url.UserInfo.Length == 0
        && (url is { Scheme: "https", IsDefaultPort: true, Host: "hooks.slack.com" or "hooks.slack-gov.com" }
            || (url.Scheme == _base.Scheme && url.Host == _base.Host && url.Port == _base.Port));

    private async Task<SlackReply> CallAsync(string method, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, method)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BotToken);
        return await SendAsync(request, null, cancellationToken);
    }

    /// <param name="plainOk">A body that means success although it is no JSON; <c>null</c> when there is none.</param>
    private async Task<SlackReply> SendAsync(HttpRequestMessage request, string? plainOk, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode && plainOk is not null && Encoding.UTF8.GetString(body) == plainOk
                ? new SlackReply(null)
                : Reply(response, body);
        }
        catch (HttpRequestException unreachable)
        {
            return SlackReply.Unanswered($"network: {unreachable.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SlackReply.Unanswered("no answer in time");
        }
    }

    private static SlackReply Reply(HttpResponseMessage response, byte[] bytes)
    {
        var body = Parse(bytes);
        var error = body.Flag("ok") && response.IsSuccessStatusCode ? null : body.Text("error") ?? $"HTTP {(int)response.StatusCode}";
        return new SlackReply(error)
        {
            Body = body,
            RetryAfter = response.Headers.RetryAfter?.Delta,

            // Without a readable error it was not Slack who spoke, but something between us.
            IsTransient = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
                || (error is not null && body.Text("error") is null),
        };
    }

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, MediaTypeNames.Application.Json);
}

/// <summary>How a call ended.</summary>
/// <param name="Error">Slack's word for what went wrong, or our own; <c>null</c> for success.</param>
public sealed record SlackReply(string? Error)
{
    public bool Ok => Error is null;

    /// <summary>Undefined when there was nothing readable.</summary>
    public JsonElement Body { get; init; }

    /// <summary>How long Slack wants to be left alone; <c>null</c> when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the wire or the server failed, whatever the error says.</summary>
    public bool IsTransient { get; init; }

    public static SlackReply Unanswered(string reason) => new(reason) { IsTransient = true };
}
