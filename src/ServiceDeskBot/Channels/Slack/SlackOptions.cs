using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Settings under <c>Slack</c>.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>Proves that a delivery comes from Slack; on the app's page under <em>Basic Information</em>.</summary>
    /// <value>Empty by default: Slack is off and its endpoints answer 404.</value>
    public string SigningSecret { get; set; } = "";

    /// <summary>Lets the desk speak (<c>xoxb-…</c>); on the app's page under <em>Install App</em>.</summary>
    /// <value>Empty by default: the desk hears Slack and cannot answer there, which is warned of at start.</value>
    public string BotToken { get; set; } = "";

    /// <summary>For Socket Mode.</summary>
    /// <value>Empty; anything else is refused at start, since this version takes deliveries over HTTP only.</value>
    public string AppToken { get; set; } = "";

    /// <summary>For many workspaces through OAuth.</summary>
    /// <value>Empty; anything else is refused at start, since this version serves one workspace.</value>
    public string ClientId { get; set; } = "";

    /// <summary>For many workspaces through OAuth.</summary>
    /// <value>Empty; anything else is refused at start, since this version serves one workspace.</value>
    public string ClientSecret { get; set; } = "";

    /// <summary>Base of the Web API. The bot token travels there, so it is https; plain http only on loopback or in Development.</summary>
    /// <value><c>https://slack.com/api/</c> by default.</value>
    public string ApiUrl { get; set; } = "https://slack.com/api/";
}

/// <summary>Refuses settings that would start a desk other than the one its operator meant.</summary>
internal sealed class SlackOptionsValidation(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<SlackOptions>
{
    private static readonly string[] Known = [.. typeof(SlackOptions).GetProperties().Select(property => property.Name)];

    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        List<string> faults = [.. Unknown(), .. NotYet(options)];
        if (!Uri.TryCreate(options.ApiUrl, UriKind.Absolute, out var api) || api.Scheme is not ("https" or "http"))
        {
            faults.Add($"Slack:ApiUrl is '{options.ApiUrl}'; it must be an absolute https address such as https://slack.com/api/.");
        }
        else if (api.Scheme == "http" && !api.IsLoopback && !environment.IsDevelopment())
        {
            faults.Add($"Slack:ApiUrl is '{options.ApiUrl}'; plain http is allowed only on loopback or in Development, since the bot token travels there.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Unknown() => configuration.GetSection(SlackOptions.Section).GetChildren()
        .Where(setting => !Known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
        .Select(setting => $"Slack:{setting.Key} is not a setting; known are {string.Join(", ", Known)}.");

    private static IEnumerable<string> NotYet(SlackOptions options)
    {
        if (options.AppToken.Length > 0)
        {
            yield return "Slack:AppToken is set, but this version has no Socket Mode; leave it empty and point the app's request URLs at this desk.";
        }

        if (options.ClientId.Length > 0 || options.ClientSecret.Length > 0)
        {
            yield return "Slack:ClientId or Slack:ClientSecret is set, but this version serves one workspace; leave both empty and set Slack:BotToken.";
        }
    }
}
