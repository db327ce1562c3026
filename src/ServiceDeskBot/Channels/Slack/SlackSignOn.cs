using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>At start: asks Slack who the desk is there, until it says so, and tells the operator when the token is of no use.</summary>
public sealed partial class SlackSignOn(SlackIdentity identity, IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackSignOn> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BotToken.Length == 0)
        {
            LogNoToken();
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            var reply = await identity.CheckAsync(stoppingToken);
            if (identity.Bot is { } bot)
            {
                LogSignedOn(bot.User, bot.Team);
                return;
            }

            LogNotSignedOn(reply.Error ?? "no user id");
            await Task.Delay(Again, clock, stoppingToken);
        }
    }

    [LoggerMessage(3131, LogLevel.Information, "Slack knows the desk as {User} of workspace {Team}")]
    private partial void LogSignedOn(string user, string team);

    [LoggerMessage(3132, LogLevel.Warning, "Slack does not take Slack:BotToken ({Error}); asking again every minute")]
    private partial void LogNotSignedOn(string error);

    [LoggerMessage(3133, LogLevel.Warning, "Slack:SigningSecret is set and Slack:BotToken is empty: the desk hears Slack and cannot answer there")]
    private partial void LogNoToken();
}
