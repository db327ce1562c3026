using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Lets a list be written as one value with commas, which is what fits an environment variable.</summary>
internal sealed class TeamsSettingLists(IConfiguration configuration) : IPostConfigureOptions<TeamsOptions>
{
    public void PostConfigure(string? name, TeamsOptions options)
    {
        options.AllowedTenants = Read(nameof(TeamsOptions.AllowedTenants)) ?? options.AllowedTenants;
        options.Issuers = Read(nameof(TeamsOptions.Issuers)) ?? options.Issuers;
        options.TrustedServiceUrls = Read(nameof(TeamsOptions.TrustedServiceUrls)) ?? options.TrustedServiceUrls;
    }

    private string[]? Read(string key) =>
        configuration[$"{TeamsOptions.Section}:{key}"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Says at start what is wrong with the settings, by name, with what is allowed.</summary>
internal sealed class TeamsSettingsCheck(IConfiguration configuration) : IValidateOptions<TeamsOptions>
{
    private static readonly string[] Known =
    [
        nameof(TeamsOptions.AppId), nameof(TeamsOptions.AppPassword), nameof(TeamsOptions.TenantId), nameof(TeamsOptions.AllowedTenants),
        nameof(TeamsOptions.OpenIdMetadataUrl), nameof(TeamsOptions.Issuers), nameof(TeamsOptions.Authority), nameof(TeamsOptions.TrustedServiceUrls),
    ];

    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        string[] faults = [.. UnknownKeys(), .. Registration(options), .. Urls(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> UnknownKeys() =>
        configuration.GetSection(TeamsOptions.Section).GetChildren()
            .Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"Teams:{child.Key} is not a setting. Known are: {string.Join(", ", Known)}.");

    private static IEnumerable<string> Registration(TeamsOptions options)
    {
        if (!options.IsRegistered)
        {
            yield break;
        }

        if (options.AppPassword.Length == 0)
        {
            yield return "Teams:AppPassword is empty, but Teams:AppId is set: without the client secret the bot can hear and not answer.";
        }

        if (options.ServedTenants.Count == 0)
        {
            yield return "Teams:TenantId is empty, but Teams:AppId is set: set it, or name the tenants to serve in Teams:AllowedTenants.";
        }
    }

    private static IEnumerable<string> Urls(TeamsOptions options) =>
        options.TrustedServiceUrls.Select(url => (Key: nameof(TeamsOptions.TrustedServiceUrls), Url: url))
            .Append((Key: nameof(TeamsOptions.OpenIdMetadataUrl), Url: options.OpenIdMetadataUrl))
            .Append((Key: nameof(TeamsOptions.Authority), Url: options.Authority))
            .Where(setting => !IsSafe(setting.Url))
            .Select(setting => $"Teams:{setting.Key} is '{setting.Url}'; allowed is an https URL, or http on this machine.");

    private static bool IsSafe(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
