using System.ComponentModel.DataAnnotations;

namespace ServiceDeskBot.Hosting;

/// <summary>Section <c>Limits</c>: how much is taken from one person and one organisation, so that a flood does not starve the others.</summary>
public sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Gets or sets how many messages and taps of one person are taken at once, after a rest.</summary>
    /// <value>The default value is 120.</value>
    [Range(1, 1_000_000)]
    public int PersonBurst { get; set; } = 120;

    /// <summary>Gets or sets how many of one person are taken per minute from then on.</summary>
    /// <value>The default value is 60.</value>
    [Range(1, 1_000_000)]
    public int PersonPerMinute { get; set; } = 60;

    /// <summary>Gets or sets how many deliveries of one organisation (Teams tenant, Slack workspace) may wait to be decided.</summary>
    /// <value>The default value is 5000.</value>
    [Range(1, 1_000_000)]
    public int OrganisationWaiting { get; set; } = 5000;
}
