namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>people.yaml</c>.</summary>
internal static class PeopleFile
{
    public const string Name = "people.yaml";

    public static IReadOnlyList<KnownPerson> Read(DeskDraft draft)
    {
        var people = new List<KnownPerson>();
        foreach (var (id, entry) in KeyedFile.Read(draft, Name, Known.Person, "person"))
        {
            people.Add(new KnownPerson(
                id,
                entry.Text("name"),
                Email(draft, entry),
                entry.SomeOf("roles", "agent", "lead", "manager", "owner", "operator"),
                entry.ReferenceOrNull("manager", Known.Person),
                entry.TextOrNull("department") ?? "",
                entry.TextOrNull("site") ?? "",
                entry.TextOrNull("locale") ?? "en",
                entry.ZoneOrNull("zone") ?? "",
                entry.ByPlatform("accounts", Known.Account))
            {
                Groups = entry.Texts("groups"),
                Skills = entry.Texts("skills"),
                Trainings = entry.LastDays("trainings"),
                Devices = entry.Texts("devices"),
                Deputy = entry.ReferenceOrNull("deputy", Known.Person),
                Away = entry.SectionOrNull("away") is { } away ? AbsenceOf(away) : null,
            });
            entry.End();
        }

        return people;
    }

    private static Absence AbsenceOf(Entry entry)
    {
        var absence = new Absence(entry.Date("from"), entry.Date("until"));
        if (absence.Until < absence.From)
        {
            entry.Fault("until", "an absence ends before it begins", "a day not before 'from'");
        }

        entry.End();
        return absence;
    }

    /// <summary>In small letters: platforms do not agree on the case.</summary>
    private static string Email(DeskDraft draft, Entry entry)
    {
        var email = entry.Text("email").ToLowerInvariant();
        if (email.Length == 0)
        {
            return email;
        }

        if (email.IndexOf('@', StringComparison.Ordinal) is <= 0 || email.EndsWith('@') || email.Contains(' ', StringComparison.Ordinal))
        {
            entry.Fault("email", $"'{email}' is not an e-mail address", "name@example.com");
        }

        draft.Name(Known.Email, email, entry.Place);
        return email;
    }
}
