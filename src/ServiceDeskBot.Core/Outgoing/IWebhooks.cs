namespace ServiceDeskBot.Core.Outgoing;

/// <summary>Other programs that do a step of a request.</summary>
public interface IWebhooks
{
    /// <summary>Asks the program; it may be asked the same again after a crash, so the request carries a key of its own.</summary>
    Task<SendResult> CallAsync(WebhookRequest request, CancellationToken cancellationToken);
}

/// <summary>What a program is told.</summary>
/// <param name="Webhook">Its name in the settings.</param>
/// <param name="Undo">True: take back what the step did.</param>
/// <param name="Fields">The answers of the form by field.</param>
public sealed record WebhookRequest(string Webhook, string Ticket, string Item, string Step, bool Undo, string Requester, string RequesterName, string? RequesterEmail, IReadOnlyDictionary<string, string> Fields);
