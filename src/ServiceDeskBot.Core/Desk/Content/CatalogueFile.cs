namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>catalogue.yaml</c>.</summary>
internal static class CatalogueFile
{
    public static IReadOnlyList<CatalogueItem> Read(DeskDraft draft)
    {
        var items = new List<CatalogueItem>();
        foreach (var (id, entry) in KeyedFile.Read(draft, "catalogue.yaml", Known.Item, "catalogue item"))
        {
            items.Add(new CatalogueItem(
                id,
                entry.Text("name"),
                entry.Text("description"),
                entry.Reference("service", Known.Service),
                entry.Reference("category", Known.Category),
                entry.Reference("team", Known.Team),
                entry.ReferenceOrNull("approver", Known.Person, "manager", "owner"),
                entry.WorkingSpan("promise"),
                entry.TextOrNull("price") ?? "",
                entry.TextOrNull("conditions") ?? "",
                entry.OneOf("phase", ServicesFile.Phases),
                entry.SomeOf("audience", "agent", "lead", "manager", "owner", "operator"),
                entry.Texts("terms"),
                Fields(entry)));
            entry.End();
        }

        return items;
    }

    private static List<CatalogueField> Fields(Entry item)
    {
        var fields = new List<CatalogueField>();
        foreach (var entry in item.Sections("fields", "field"))
        {
            var field = new CatalogueField(
                entry.Text("id"),
                entry.Text("label"),
                entry.OneOf("kind", "text", "long-text", "choice", "date", "number"),
                entry.Flag("required"),
                entry.Texts("options"));
            if (field.Kind == "choice" && field.Options.Count < 2)
            {
                entry.Fault("options", $"the choice '{field.Id}' has too little to choose from", "at least two options");
            }

            if (field.Kind != "choice" && field.Options.Count > 0)
            {
                entry.Fault("options", $"the field '{field.Id}' has options but is not a choice", "options only where kind is choice");
            }

            if (fields.Exists(other => other.Id == field.Id))
            {
                entry.Fault("id", $"the field '{field.Id}' is there twice", "each field once");
            }

            entry.End();
            fields.Add(field);
        }

        return fields;
    }
}
