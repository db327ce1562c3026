namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>teams.yaml</c>.</summary>
internal static class TeamsFile
{
    public const string Name = "teams.yaml";

    public static IReadOnlyList<Team> Read(DeskDraft draft)
    {
        var teams = new List<Team>();
        foreach (var (id, entry) in KeyedFile.Read(draft, Name, Known.Team, "team"))
        {
            teams.Add(new Team(
                id,
                entry.Text("name"),
                entry.Reference("lead", Known.Person),
                entry.References("members", Known.Person),
                entry.Names("categories", Known.Category),
                entry.Reference("calendar", Known.Calendar),
                entry.Flag("closed"),
                entry.ByPlatform("channels", Known.Channel))
            {
                OnCall = entry.References("on-call", Known.Person, required: false),
            });
            entry.End();
        }

        return teams;
    }
}
