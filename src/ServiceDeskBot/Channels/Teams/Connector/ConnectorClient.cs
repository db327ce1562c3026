using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Identity.Client;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Channels.Teams.Activities;

namespace ServiceDeskBot.Channels.Teams.Connector;

/// <summary>
/// The Bot Connector's REST API, version 3. Every call ends as a value; only cancellation by the caller throws.
/// Redirects are not followed, so that the token goes to the trusted host and nowhere else.
/// </summary>
internal sealed class ConnectorClient(HttpClient http, ConnectorTokens tokens, TrustedServiceUrls trusted, TimeProvider clock, ILogger<ConnectorClient> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Posts an activity (JSON in UTF-8) at the end of a conversation; in a channel that is the thread which <paramref name="conversation"/> names.</summary>
    public Task<ConnectorReply> SendAsync(string serviceUrl, string conversation, byte[] activity, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, serviceUrl, Activities(conversation), activity, cancellationToken);

    public Task<ConnectorReply> UpdateAsync(string serviceUrl, string conversation, string activityId, byte[] activity, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Put, serviceUrl, $"{Activities(conversation)}/{Uri.EscapeDataString(activityId)}", activity, cancellationToken);

    /// <summary>Opens (or finds again) the personal chat with one member; the service takes exactly one.</summary>
    public Task<ConnectorReply> OpenPersonalAsync(string serviceUrl, string account, string? tenant, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post,
            serviceUrl,
            "v3/conversations",
            JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["isGroup"] = false,
                ["members"] = new JsonArray(new JsonObject { ["id"] = account }),
                ["tenantId"] = tenant,
                ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenant } },
            }),
            cancellationToken);

    /// <summary>Begins a thread in a channel; the service wants its first activity along.</summary>
    public Task<ConnectorReply> OpenThreadAsync(string serviceUrl, string channel, string? tenant, byte[] activity, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post,
            serviceUrl,
            "v3/conversations",
            JsonText.Object(json =>
            {
                json.WriteBoolean("isGroup", true);
                json.WriteString("tenantId", tenant);
                json.WriteStartObject("channelData");
                json.WriteStartObject("channel");
                json.WriteString("id", channel);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WritePropertyName("activity");
                json.WriteRawValue(activity, skipInputValidation: true);
            }),
            cancellationToken);

    /// <param name="account">The bot's id of the person (<c>29:…</c>), or their directory object id.</param>
    public Task<ConnectorReply> MemberAsync(string serviceUrl, string conversation, string account, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversation)}/members/{Uri.EscapeDataString(account)}", null, cancellationToken);

    private static string Activities(string conversation) => $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities";

    private async Task<ConnectorReply> CallAsync(HttpMethod method, string serviceUrl, string path, byte[]? body, CancellationToken cancellationToken)
    {
        if (!trusted.Trusts(serviceUrl))
        {
            logger.ConnectorUnreachable(method.Method, path, "the service URL is not trusted");
            return new ConnectorReply.Fault((int)HttpStatusCode.Forbidden, "UntrustedServiceUrl", null);
        }

        var call = new Call(method, new Uri($"{serviceUrl.TrimEnd('/')}/{path}"), path, body);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var reply = await TryAsync(call, anew: false, either.Token);
            return reply is ConnectorReply.Fault { Status: (int)HttpStatusCode.Unauthorized } ? await TryAsync(call, anew: true, either.Token) : reply;
        }
        catch (MsalException exception)
        {
            logger.NoConnectorToken(exception.ErrorCode);
            return new ConnectorReply.Unreachable($"no token: {exception.ErrorCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = exception is HttpRequestException http ? http.HttpRequestError.ToString() : "no answer in time";
            logger.ConnectorUnreachable(method.Method, path, reason);
            return new ConnectorReply.Unreachable(reason);
        }
    }

    private async Task<ConnectorReply> TryAsync(Call call, bool anew, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Url);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        if (await tokens.TokenAsync(anew, cancellationToken) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var correlation = response.Headers.TryGetValues("MS-CV", out var vectors) ? string.Join(' ', vectors) : null;
        var json = Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (response.IsSuccessStatusCode)
        {
            logger.ConnectorAnswered(call.Method.Method, call.Path, (int)response.StatusCode, correlation);
            return new ConnectorReply.Ok(json);
        }

        var fault = new ConnectorReply.Fault((int)response.StatusCode, CodeOf(json) ?? $"HTTP {(int)response.StatusCode}", RetryAfter(response.Headers.RetryAfter));
        logger.ConnectorFault(call.Method.Method, call.Path, fault.Status, fault.Code, correlation);
        return fault;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? wish)
    {
        var after = wish?.Delta ?? (wish?.Date is { } date ? date - clock.GetUtcNow() : null);
        return after is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : after;
    }

    /// <summary>Bodies are JSON, empty, or an HTML page of something in between.</summary>
    private static JsonElement Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Teams also answers <c>{"errorCode":209,"message":"{ \"subCode\": … }"}</c>: JSON inside a string.</summary>
    private static string? CodeOf(JsonElement body) =>
        body.Member("error").Member("code").Text()
        ?? (body.Member("message").Text() is { } inner ? Parse(System.Text.Encoding.UTF8.GetBytes(inner)).Member("subCode").Text() : null)
        ?? body.Member("errorCode")?.AsField();

    private sealed record Call(HttpMethod Method, Uri Url, string Path, byte[]? Body);
}
