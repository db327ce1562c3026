namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>Who has to approve an item: <c>approver</c> for one, <c>approvals</c> for several in order; and what only the whole desk can tell about it.</summary>
internal static class ApprovalRules
{
    private static readonly string[] Offices = ["manager", "owner", "budget", "security"];

    public static IReadOnlyList<ApprovalRule> Read(Entry item)
    {
        var single = item.ReferenceOrNull("approver", Known.Person, Offices);
        var rules = new List<ApprovalRule>();
        foreach (var entry in item.Sections("approvals", "approval"))
        {
            var by = entry.ReferenceOrNull("by", Known.Person, Offices);
            if (by is null)
            {
                entry.Fault("by", "an approval names no approver", $"by: {string.Join(", ", Offices)} or the id of a person");
            }
            else if (rules.Exists(rule => rule.By == by))
            {
                entry.Fault("by", $"'{by}' approves the same item twice", "each approver once, one after the other");
            }

            rules.Add(new ApprovalRule(by ?? "", entry.NumberOrNull("above", 0, 10_000_000)));
            entry.End();
        }

        if (single is not null && rules.Count > 0)
        {
            item.Fault("approver", "there are an 'approver' and 'approvals'", "one of the two");
        }

        if (rules.Exists(rule => rule.Above is not null) && item.NumberOrNull("cost", 0, 10_000_000) is null)
        {
            item.Fault("approvals", "an approval depends on the cost, and no cost is stated", "cost: a whole number");
        }

        return single is null ? rules : [new ApprovalRule(single, null)];
    }

    /// <summary>Every office that an item asks has somebody in it, and no chain of managers or deputies ends where it began.</summary>
    public static void Check(DeskDraft draft, IReadOnlyList<CatalogueItem> items, IReadOnlyList<KnownPerson> people, Policies? policies)
    {
        foreach (var item in items.Where(_ => policies is not null))
        {
            foreach (var office in item.Approvals.Select(rule => rule.By).Where(by => (by == "budget" && policies!.Approval.Budget is null) || (by == "security" && policies!.Approval.Security is null)))
            {
                draft.Fault(draft.PlaceOf(Known.Item, item.Id), $"catalogue item '{item.Id}' asks '{office}' to approve, and nobody is named for that", $"approval: {{ {office}: the id of a person }} in policies.yaml");
            }
        }

        var known = people.GroupBy(person => person.Id, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        CheckChain(draft, known, "manager", person => person.Manager);
        CheckChain(draft, known, "deputy", person => person.Deputy);
    }

    /// <summary>One fault for each circle, at its first member by id.</summary>
    private static void CheckChain(DeskDraft draft, Dictionary<string, KnownPerson> people, string key, Func<KnownPerson, string?> next)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in people.Values.OrderBy(person => person.Id, StringComparer.Ordinal))
        {
            var chain = new List<string>();
            for (var at = person; at is not null && !chain.Contains(at.Id, StringComparer.Ordinal); at = next(at) is { } id ? people.GetValueOrDefault(id) : null)
            {
                chain.Add(at.Id);
            }

            if (next(people[chain[^1]]) == person.Id && told.Add(person.Id))
            {
                told.UnionWith(chain);
                draft.Fault(draft.PlaceOf(Known.Person, person.Id), $"approvals go in a circle by '{key}': {string.Join(" → ", chain)} → {person.Id}", $"a '{key}' further up, or none");
            }
        }
    }
}
