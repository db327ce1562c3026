using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Teams.Connector;

/// <summary>Where a tenant's connector was last heard from, for places that were named in the settings and never spoke themselves.</summary>
internal sealed class KnownServiceUrls(IOptions<TeamsOptions> options)
{
    private const string Everywhere = "https://smba.trafficmanager.net/teams/";
    private readonly ConcurrentDictionary<string, string> _byTenant = new(StringComparer.OrdinalIgnoreCase);
    private volatile string? _latest;

    public void Heard(string? tenant, string serviceUrl)
    {
        _latest = serviceUrl;
        if (tenant is not null)
        {
            _byTenant[tenant] = serviceUrl;
        }
    }

    /// <summary><c>null</c> while trying the desk out and nobody has called yet: there is no service to fall back on.</summary>
    public string? For(string? tenant) =>
        tenant is not null && _byTenant.TryGetValue(tenant, out var known) ? known : _latest ?? (options.Value.IsRegistered ? Everywhere : null);
}
