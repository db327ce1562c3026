using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Who has to approve a request.</summary>
internal static class Approvers
{
    /// <summary><c>null</c> when nobody has to. Nobody approves their own wish: where the rule names the requester, the service's owner or the team's lead decides.</summary>
    public static async ValueTask<string?> ForAsync(TurnContext turn, Ticket request)
    {
        if (turn.Desk.Item(request.Item) is not { Approver: { } rule } item)
        {
            return null;
        }

        var owner = turn.Desk.Service(item.Service)?.Owner;
        var lead = (turn.Desk.Team(item.Team) ?? turn.Desk.Teams[0]).Lead;
        var named = rule switch
        {
            "manager" => (await turn.PersonAsync(request.Reporter))?.Manager,
            "owner" => owner,
            _ => rule,
        };
        return new[] { named, owner, lead }.FirstOrDefault(person => person is not null && person != request.Reporter && person != request.Affected);
    }
}
