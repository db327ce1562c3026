namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>What no file can tell alone: that everything named exists, and that every kind of work has its people.</summary>
internal static class Agreement
{
    /// <summary>The bundled model's categories. A desk may have more, never fewer: the model would route into nowhere.</summary>
    private static readonly string[] Bundled =
    [
        "access", "network", "remote-access", "email", "collaboration", "hardware", "printing", "mobile", "software",
        "business-apps", "data", "security", "telephony", "facilities", "hr", "other",
    ];

    public static void Check(DeskDraft draft, IReadOnlyList<Team> teams, IReadOnlyList<KnownPerson> people)
    {
        draft.CheckReferences();
        CheckCategories(draft);
        foreach (var team in teams.Where(team => team.Lead.Length > 0 && !team.Members.Contains(team.Lead, StringComparer.Ordinal)))
        {
            draft.Fault(draft.PlaceOf(Known.Team, team.Id), $"{team.Lead} leads team '{team.Id}' without being a member", "a lead who is one of its members");
        }

        foreach (var team in teams)
        {
            foreach (var outsider in team.OnCall.Where(person => !team.Members.Contains(person, StringComparer.Ordinal)))
            {
                draft.Fault(draft.PlaceOf(Known.Team, team.Id), $"{outsider} is on call for team '{team.Id}' without being a member", string.Join(", ", team.Members));
            }
        }

        foreach (var person in people.Where(person => !person.Roles.Contains("agent", StringComparer.Ordinal)))
        {
            CheckIsInNoTeam(draft, person, teams);
        }
    }

    private static void CheckCategories(DeskDraft draft)
    {
        var homeless = Bundled.Where(category => !draft.IsNamed(Known.Category, category)).ToList();
        if (homeless.Count > 0 && !draft.IsLost(Known.Category))
        {
            draft.Fault(new Place(TeamsFile.Name, 0), $"no team has the categories {string.Join(", ", homeless)}", "each category in exactly one team");
        }
    }

    private static void CheckIsInNoTeam(DeskDraft draft, KnownPerson person, IReadOnlyList<Team> teams)
    {
        var memberOf = teams.Where(team => team.Members.Contains(person.Id, StringComparer.Ordinal)).Select(team => team.Id).ToList();
        if (memberOf.Count > 0)
        {
            draft.Fault(draft.PlaceOf(Known.Person, person.Id), $"{person.Id} is a member of {string.Join(", ", memberOf)} without the role agent", "roles: [agent]");
        }
    }
}
