namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>services.yaml</c>.</summary>
internal static class ServicesFile
{
    /// <summary>The life of a service or an item, from a thought to its end.</summary>
    public static readonly string[] Phases = ["strategy", "design", "transition", "operate", "improve", "retire"];

    public static IReadOnlyList<Service> Read(DeskDraft draft)
    {
        var services = new List<Service>();
        foreach (var (id, entry) in KeyedFile.Read(draft, "services.yaml", Known.Service, "service"))
        {
            services.Add(new Service(
                id,
                entry.Text("name"),
                entry.Reference("owner", Known.Person),
                entry.Reference("team", Known.Team),
                entry.Reference("category", Known.Category),
                entry.Text("outcome"),
                entry.OneOf("phase", Phases),
                entry.Texts("terms")));
            entry.End();
        }

        return services;
    }
}
