using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Webhooks;

/// <summary>Section <c>Webhooks</c>: programs that do steps of requests.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Gets or sets the programs. A workflow calls them by name; an item that needs one that is not here is off.</summary>
    public IReadOnlyList<WebhookTarget> Targets { get; set; } = [];

    /// <summary>Gets or sets hosts that may be called without TLS.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Gets or sets whether addresses of private networks and of this machine may be called.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Gets or sets how long a program may take to answer.</summary>
    /// <value>The default value is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>One program.</summary>
public sealed class WebhookTarget
{
    /// <summary>Gets or sets the name by which <c>workflows.yaml</c> calls it.</summary>
    public string Name { get; set; } = "";

    public string Url { get; set; } = "";

    /// <summary>Gets or sets what signs each call: both sides know it, nobody else.</summary>
    public string Secret { get; set; } = "";
}

/// <summary>Refuses at start what must never be called.</summary>
internal sealed class WebhookOptionsCheck : IValidateOptions<WebhookOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var faults = options.Targets.SelectMany((target, n) => Faults($"{WebhookOptions.Section}:Targets:{n}", target, options)).ToList();
        faults.AddRange(options.Targets.GroupBy(target => target.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{WebhookOptions.Section}:Targets has '{same.Key}' twice. Allowed: each name once."));
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromSeconds(60))
        {
            faults.Add($"{WebhookOptions.Section}:Timeout is '{options.Timeout}'. Allowed: 00:00:01 to 00:01:00.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(string at, WebhookTarget target, WebhookOptions options)
    {
        if (target.Name.Length == 0)
        {
            yield return $"{at}:Name is empty. Allowed: the name that workflows.yaml calls.";
        }

        if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && options.AllowedHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase))) || url.UserInfo.Length > 0)
        {
            yield return $"{at}:Url is '{target.Url}'. Allowed: https://…, or http://… to a host of {WebhookOptions.Section}:AllowedHosts; no user name in it.";
        }

        if (target.Secret.Length < ShortestSecret)
        {
            yield return $"{at}:Secret has {target.Secret.Length} characters. Allowed: {ShortestSecret} or more.";
        }
    }
}
