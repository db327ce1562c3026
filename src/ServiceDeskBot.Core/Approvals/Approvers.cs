using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>Who has to approve an item for somebody. Nobody approves their own wish, and nobody decides while away when somebody stands in.</summary>
public static class Approvers
{
    /// <summary>Desk ids, one after the other; empty when nobody has to; <c>null</c> when somebody has to and there is nobody who could.</summary>
    public static async ValueTask<IReadOnlyList<string>?> InOrderAsync(CatalogueItem item, string requester, string affected, DeskContent desk, IDeskSnapshot snapshot, DateTimeOffset now)
    {
        var approvers = new List<string>();
        var manager = (await snapshot.PersonAsync(requester))?.Manager;
        foreach (var rule in item.Approvals.Where(rule => rule.Above is null || item.Cost > rule.Above))
        {
            if (Candidates(rule, item, manager, desk).Select(id => StandIn(id, desk, now)).FirstOrDefault(id => id is not null && id != requester && id != affected) is not { } approver)
            {
                return null;
            }

            if (!approvers.Contains(approver))
            {
                approvers.Add(approver);
            }
        }

        return approvers;
    }

    /// <summary>The person, or while they are away whoever stands in for them; <c>null</c> when nobody of them is there.</summary>
    public static string? StandIn(string? id, DeskContent desk, DateTimeOffset now)
    {
        var day = desk.DayOf(now);
        for (var asked = 0; id is not null && asked <= desk.People.Count; asked++)
        {
            if (desk.People.FirstOrDefault(known => known.Id == id) is not { Away: { } away } person || !away.Holds(day))
            {
                return id;
            }

            id = person.Deputy;
        }

        return null;
    }

    /// <summary>The one the rule means, then who may decide in their place: the service's owner, the team's lead, any other lead or manager, anybody of the team.</summary>
    private static IEnumerable<string?> Candidates(ApprovalRule rule, CatalogueItem item, string? manager, DeskContent desk)
    {
        var owner = desk.Service(item.Service)?.Owner;
        return
        [
            rule.By switch
            {
                "manager" => manager,
                "owner" => owner,
                "budget" => desk.Policies.Approval.Budget,
                "security" => desk.Policies.Approval.Security,
                _ => rule.By,
            },
            owner,
            (desk.Team(item.Team) ?? desk.Teams[0]).Lead,
            .. desk.Teams.Select(team => team.Lead),
            .. desk.People.Where(person => person.Roles.Contains("manager", StringComparer.Ordinal)).Select(person => person.Id),
            .. (desk.Team(item.Team) ?? desk.Teams[0]).Members,
        ];
    }
}
