using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Slack as one of the desk's channels: deliveries come in over HTTP, everything else goes out through the Web API.</summary>
public static class SlackChannel
{
    public const string Name = "slack";

    /// <summary>Settings are always checked; the rest is there only where a signing secret switches Slack on.</summary>
    public static void AddSlackChannel(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidation>();
        if (string.IsNullOrEmpty(builder.Configuration[$"{SlackOptions.Section}:{nameof(SlackOptions.SigningSecret)}"]))
        {
            return;
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BlockKitRenderer>();
        builder.Services
            .AddSingleton<SlackApi>()
            .AddSingleton<SlackIdentity>()
            .AddSingleton<SlackDirectMessages>()
            .AddSingleton<SlackPeople>()
            .AddSingleton<SlackEvents>()
            .AddSingleton<SlackInteractions>()
            .AddSingleton<SlackCommands>()
            .AddSingleton<SlackIntake>()
            .AddSingleton<SlackAnswers>()
            .AddSingleton<SlackEndpoints>()
            .AddSingleton<SlackOutlet>()
            .AddSingleton<IOutlet>(services => services.GetRequiredService<SlackOutlet>())
            .AddHostedService<SlackSignOn>();
    }

    public static void MapSlackChannel(this WebApplication app)
    {
        var slack = app.MapGroup("/slack").ExcludeFromDescription();
        if (app.Services.GetService<SlackEndpoints>() is not { } endpoints)
        {
            slack.MapPost("/{**path}", () => Results.NotFound());
            return;
        }

        slack.MapPost("/events", endpoints.EventsAsync);
        slack.MapPost("/interactivity", endpoints.InteractivityAsync);
        slack.MapPost("/commands", endpoints.CommandsAsync);
    }
}
