using System.Text.Json;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Channels.Teams.Connector;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Asks Teams who somebody is when the desk meets them for the first time. What Teams does not say in time stays unknown.</summary>
internal sealed class TeamsRoster(ConnectorClient connector, ITurns turns, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<TeamsRoster> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The turn with its sender's vouched address, where it helps: Web Chat and Direct Line vouch for nobody.</summary>
    public async Task<Turn> IntroduceAsync(Turn turn, Activity activity, CancellationToken cancellationToken)
    {
        if (!activity.IsTeams || await turns.KnowsAsync("teams", turn.From.Account, cancellationToken))
        {
            return turn;
        }

        var member = await MemberAsync(turn.Place, turn.From.Account, cancellationToken);
        return member is null ? turn : turn with { From = turn.From with { Name = turn.From.Name.Length > 0 ? turn.From.Name : member.Name, Email = member.Email } };
    }

    /// <summary>Somebody by account or directory object id; <c>null</c> when Teams does not say.</summary>
    public async Task<Sender?> MemberAsync(Place place, string account, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var reply = await connector.MemberAsync(place.ServiceUrl!, place.Conversation, account, either.Token);
            if (reply is ConnectorReply.Ok { Body: var member } && member.Member("id").Text() is { } id)
            {
                return new Sender(id, member.Member("name").Text() ?? "", EmailOf(id, member, place));
            }

            logger.NoAddress(account, "Teams does not know them here");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.NoAddress(account, "Teams did not answer in time");
        }

        return null;
    }

    /// <summary>Guests and people of other organisations may carry any address: none is taken from them.</summary>
    private string? EmailOf(string account, JsonElement member, Place place)
    {
        var tenant = member.Member("tenantId").Text();
        var isOwn = options.Value.IsRegistered
            ? tenant is not null && options.Value.ServedTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)
            : tenant is null || string.Equals(tenant, place.Organisation, StringComparison.OrdinalIgnoreCase);
        if (!isOwn || member.Member("userRole").Text()?.ToLowerInvariant() is "guest" or "anonymous")
        {
            logger.NoAddress(account, "a guest, or of another organisation");
            return null;
        }

        return NotEmpty(member.Member("email").Text()) ?? NotEmpty(member.Member("userPrincipalName").Text());
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
