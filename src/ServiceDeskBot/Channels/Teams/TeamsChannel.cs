using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Channels.Teams.Callers;
using ServiceDeskBot.Channels.Teams.Connector;
using ServiceDeskBot.Channels.Teams.Invokes;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Teams (and Web Chat) over the Activity protocol. The host registers <c>ITurns</c> and <c>Phrasebook</c>.</summary>
public static class TeamsChannel
{
    public static void AddTeamsChannel(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TeamsOptions>().BindConfiguration(TeamsOptions.Section).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<TeamsOptions>, TeamsSettingLists>();
        services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsSettingsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AdaptiveCardRenderer>();

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SigningKeys>(provider, NewHttp()));
        services.AddSingleton<ChannelTokens>();
        services.AddSingleton<CallerCheck>();
        services.AddHostedService<LoopbackBinding>();

        services.AddSingleton<TrustedServiceUrls>();
        services.AddSingleton<KnownServiceUrls>();
        services.AddSingleton<ConnectorTokens>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ConnectorClient>(provider, NewHttp()));
        services.AddSingleton<OutgoingActivity>();
        services.AddSingleton<TeamsOutlet>();
        services.AddSingleton<IOutlet>(provider => provider.GetRequiredService<TeamsOutlet>());

        services.AddSingleton<ActivityTranslation>();
        services.AddSingleton<TeamsRoster>();
        services.AddSingleton<TurnReception>();
        services.AddSingleton<PostedAnswers>();
        services.AddSingleton<ActivityTurns>();
        services.AddSingleton<CardActions>();
        services.AddSingleton<MessageActions>();
        services.AddSingleton<TaskDialogs>();
        services.AddSingleton<MessagesEndpoint>();
    }

    public static void MapTeamsChannel(this WebApplication app) =>
        app.Map("/api/messages", (HttpContext context, MessagesEndpoint endpoint) => endpoint.HandleAsync(context)).ExcludeFromDescription();

    /// <summary>One client per peer for the whole life of the host. Each call brings its own deadline.</summary>
    private static HttpClient NewHttp() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
}
