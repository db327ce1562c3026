using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;

namespace ServiceDeskBot.Simulation;

/// <summary>The bundled desk with more people: teams that differ, a closed one of its own, managers, and a cool-down that a run outlives.</summary>
internal static class SimulatedDesk
{
    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["service-desk"] = ["ada", "grace"],
        ["network"] = ["linus", "ada"],
        ["applications"] = ["grace", "hedy"],
        ["workplace"] = ["linus", "katherine"],
        ["identity"] = ["hedy", "ada"],
        ["security"] = ["barbara", "alan"],
    };

    public static IReadOnlyList<string> Agents { get; } = [.. Members.Values.SelectMany(members => members).Distinct(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Users { get; } = ["wanda", "tom", "ines", "jonas", "nora", "paul", "rosa", "samir", "tilda", "uwe"];

    public static DeskReading Read() => DeskFolder.Read(Path.Combine(AppContext.BaseDirectory, "desk")) is DeskReading.Complete complete
        ? new DeskReading.Complete(WithMorePeople(complete.Desk))
        : throw new InvalidOperationException("The bundled desk cannot be read.");

    // Made anew and not by "with": the content looks its parts up in tables that it makes when it begins.
    private static DeskContent WithMorePeople(DeskContent desk) => new(
        [.. desk.Teams.Select(team => team with
        {
            Members = Members[team.Id],
            Lead = Members[team.Id][0],
            Channels = new Dictionary<string, string> { ["teams"] = $"19:{team.Id}", ["slack"] = $"C{team.Id}" },
        })],
        desk.Services,
        desk.Catalogue,
        desk.Calendars,
        desk.Policies with { Survey = desk.Policies.Survey with { CoolDown = TimeSpan.FromDays(3), Expires = TimeSpan.FromDays(1) } },
        [
            .. Agents.Select(id => Known(id, "agent")),
            Known("mara", "manager", "owner"),
            Known("omar", "operator"),
            .. Users.Select(id => Known(id)),
        ],
        desk.Articles)
    {
        Workflows = desk.Workflows,
        Webhooks = [.. desk.Workflows.SelectMany(workflow => workflow.Steps).Select(step => step.Call).OfType<string>().Distinct(StringComparer.Ordinal)],
    };

    private static KnownPerson Known(string id, params string[] roles) => new(
        id,
        char.ToUpperInvariant(id[0]) + id[1..],
        $"{id}@example.com",
        roles,
        id == "mara" ? null : "mara",
        "Operations",
        "Hamburg",
        id.Length % 3 == 0 ? "de" : "en",
        id.Length % 2 == 0 ? "Europe/Berlin" : "Europe/London",
        new Dictionary<string, string>());
}
