using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Simulation.Hosts;

/// <summary>No program fulfils requests in the simulated world yet.</summary>
internal sealed class NoWebhooks : IWebhooks
{
    public Task<SendResult> CallAsync(WebhookRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<SendResult>(new SendResult.Refused("nobody answers webhooks in the simulated world"));
}
