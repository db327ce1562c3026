using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Teams.Callers;

/// <summary>Refuses the start when unsigned activities would be taken on an address that others can reach.</summary>
internal sealed class LoopbackBinding(IServer server, IOptions<TeamsOptions> options, IHostEnvironment environment, ILogger<LoopbackBinding> logger) : IHostedLifecycleService
{
    /// <summary>Called once the server is bound, when its addresses are certain wherever they were set.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsRegistered)
        {
            return Task.CompletedTask;
        }

        if (!environment.IsDevelopment())
        {
            logger.ChannelClosed();
            return Task.CompletedTask;
        }

        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => !IsLoopback(address));
        if (open is not null)
        {
            throw new OptionsValidationException(
                TeamsOptions.Section,
                typeof(TeamsOptions),
                [$"Teams:AppId is empty, so unsigned activities are taken, but the server listens on {open}, which others can reach. Set Teams:AppId, or listen on http://127.0.0.1 only (--urls)."]);
        }

        logger.UnsignedMode();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLoopback(string address) => BindingAddress.Parse(address) is var binding && (binding.IsUnixPipe || IsLoopbackHost(binding.Host));

    private static bool IsLoopbackHost(string host) => Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.IsLoopback;
}
