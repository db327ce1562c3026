using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Webhooks;

/// <summary>
/// Calls a program: JSON, signed over time and body (<c>X-Desk-Signature: sha256=…</c> is HMAC-SHA256 of
/// "<c>X-Desk-Timestamp</c>.body"), under an <c>Idempotency-Key</c> that stays the same however often it is tried.
/// Redirects are not followed: the signature was made for one place.
/// </summary>
internal sealed partial class WebhookCaller : IWebhooks, IDisposable
{
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookCaller> _logger;
    private readonly HttpClient _http;

    public WebhookCaller(IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookCaller> logger)
    {
        (_options, _clock, _logger) = (options.Value, clock, logger);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        if (!_options.AllowPrivateAddresses)
        {
            handler.ConnectCallback = (context, cancellationToken) => PublicAddresses.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }

        _http = new HttpClient(handler) { Timeout = _options.Timeout };
    }

    public async Task<SendResult> CallAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        if (_options.Targets.FirstOrDefault(target => target.Name == request.Webhook) is not { } target)
        {
            return new SendResult.Refused($"there is no webhook '{request.Webhook}' in the settings");
        }

        try
        {
            using var message = Message(target, request);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Judge(request, response);
        }
        catch (HttpRequestException failure) when (failure.InnerException is PrivateAddressException refused)
        {
            return new SendResult.Refused(refused.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SendResult.Later(failure.GetType().Name, null);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Message(WebhookTarget target, WebhookRequest request)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                ticket = request.Ticket,
                item = request.Item,
                step = request.Step,
                undo = request.Undo,
                requester = new { id = request.Requester, name = request.RequesterName, email = request.RequesterEmail },
                fields = request.Fields,
            },
            JsonSerializerOptions.Web);
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body];
        var message = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add("X-Desk-Timestamp", timestamp);
        message.Headers.Add("X-Desk-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(target.Secret), signed))}");
        message.Headers.Add("Idempotency-Key", $"{request.Ticket}/{request.Step}{(request.Undo ? "/undo" : "")}");
        return message;
    }

    /// <summary>A busy or broken program is asked again; one that says no, or sends us elsewhere, is not.</summary>
    private SendResult Judge(WebhookRequest request, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return new SendResult.Sent($"{request.Ticket}/{request.Step}", Call.To(request.Webhook, request.Ticket));
        }

        LogRefused(request.Webhook, request.Ticket, request.Step, status);
        return status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            ? new SendResult.Later($"status {status}", response.Headers.RetryAfter?.Delta)
            : new SendResult.Refused($"status {status}");
    }

    [LoggerMessage(3301, LogLevel.Warning, "Webhook {Webhook} answered step {Step} of {Ticket} with {Status}")]
    private partial void LogRefused(string webhook, string ticket, string step, int status);
}
