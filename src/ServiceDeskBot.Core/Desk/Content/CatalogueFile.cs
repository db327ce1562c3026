namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>catalogue.yaml</c>.</summary>
internal static class CatalogueFile
{
    private static readonly string[] Kinds = ["text", "long-text", "choice", "date", "number"];

    public static IReadOnlyList<CatalogueItem> Read(DeskDraft draft)
    {
        var items = new List<CatalogueItem>();
        foreach (var (id, entry) in KeyedFile.Read(draft, "catalogue.yaml", Known.Item, "catalogue item"))
        {
            var item = Item(id, entry);
            if (item.Workflow is not null && item.Fields.FirstOrDefault(field => field.Later) is { } later)
            {
                entry.Fault("fields", $"the field '{later.Id}' cannot come later where a workflow begins at once", "later only on items without a workflow");
            }

            items.Add(item);
            entry.End();
        }

        return items;
    }

    private static CatalogueItem Item(string id, Entry entry) => new(
        id,
        entry.Text("name"),
        entry.Text("description"),
        entry.Reference("service", Known.Service),
        entry.Reference("category", Known.Category),
        entry.Reference("team", Known.Team),
        entry.WorkingSpan("promise"),
        entry.OneOf("phase", ServicesFile.Phases))
    {
        Price = entry.TextOrNull("price") ?? "",
        Cost = entry.NumberOrNull("cost", 0, 10_000_000) ?? 0,
        Conditions = entry.TextOrNull("conditions") ?? "",
        Entitlement = EntitlementOf(entry),
        Approvals = ApprovalRules.Read(entry),
        CutOff = entry.TimeOrNull("cut-off"),
        Quota = entry.SectionOrNull("quota") is { } quota ? QuotaOf(quota) : null,
        Workflow = entry.ReferenceOrNull("workflow", Known.Workflow),
        Terms = entry.Texts("terms"),
        News = entry.TextOrNull("news") ?? "",
        Undo = entry.TextOrNull("undo") ?? "",
        Replaces = entry.Texts("replaces"),
        Fields = Fields(entry),
    };

    private static Entitlement EntitlementOf(Entry entry)
    {
        var entitlement = new Entitlement(
            entry.SomeOf("audience", "agent", "lead", "manager", "owner", "operator"),
            entry.Texts("groups"),
            entry.Texts("departments"),
            entry.Texts("trainings"),
            entry.TextOrNull("qualify") ?? "");
        if (entitlement.Trainings.Count > 0 && entitlement.Qualify.Length == 0)
        {
            entry.Fault("trainings", "a training is asked for, and nothing says how to get it", "qualify: how and where, in words");
        }

        return entitlement;
    }

    private static Quota QuotaOf(Entry entry)
    {
        var quota = new Quota(entry.Number("orders", 1, 1000), entry.Span("per"));
        entry.End();
        return quota;
    }

    private static List<CatalogueField> Fields(Entry item)
    {
        var fields = new List<CatalogueField>();
        foreach (var entry in item.Sections("fields", "field"))
        {
            var field = Field(entry);
            if (fields.Exists(other => other.Id == field.Id))
            {
                entry.Fault("id", $"the field '{field.Id}' is there twice", "each field once");
            }

            entry.End();
            fields.Add(field);
        }

        return fields;
    }

    private static CatalogueField Field(Entry entry)
    {
        var field = new CatalogueField(entry.Text("id"), entry.Text("label"), entry.OneOf("kind", Kinds), entry.Flag("required"), entry.Texts("options"))
        {
            Longest = entry.NumberOrNull("longest", 1, CatalogueField.LongestText) ?? CatalogueField.LongestText,
            Least = entry.NumberOrNull("least", 0, 1_000_000),
            Most = entry.NumberOrNull("most", 0, 1_000_000),
            Future = entry.Flag("future"),
            Later = entry.Flag("later"),
        };
        if (field is { Required: true, Later: true })
        {
            entry.Fault("later", $"the field '{field.Id}' is required, so it cannot come later", "later only where required is not set");
        }

        if (field.Kind == "choice" && field.Options.Count < 2)
        {
            entry.Fault("options", $"the choice '{field.Id}' has too little to choose from", "at least two options");
        }

        if (field.Kind != "choice" && field.Options.Count > 0)
        {
            entry.Fault("options", $"the field '{field.Id}' has options but is not a choice", "options only where kind is choice");
        }

        if (field.Kind != "number" && (field.Least ?? field.Most) is not null)
        {
            entry.Fault(field.Least is null ? "most" : "least", $"the field '{field.Id}' has limits but is not a number", "least and most only where kind is number");
        }

        if (field.Least > field.Most)
        {
            entry.Fault("least", $"the field '{field.Id}' has no number between {field.Least} and {field.Most}", "least not above most");
        }

        if (field.Kind != "date" && field.Future)
        {
            entry.Fault("future", $"the field '{field.Id}' is not a date", "future only where kind is date");
        }

        return field;
    }
}
