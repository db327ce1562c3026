using ServiceDeskBot.Core.Approvals;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>What somebody must know before they order: price, when it is there and why then, conditions, who approves, who delivers.</summary>
public static class ItemFacts
{
    public static async ValueTask<List<Fact>> OfAsync(CatalogueItem item, string requester, string affected, DeskContent desk, IDeskSnapshot snapshot, DateTimeOffset now)
    {
        var facts = new List<Fact> { new(Phrase.Key("fact.item"), item.Name) };
        if (item.Price.Length > 0)
        {
            facts.Add(new Fact(Phrase.Key("fact.price"), item.Price));
        }

        facts.Add(new Fact(Phrase.Key("fact.promise"), await ReadyAsync(item, desk, snapshot, now)));
        if (DeliveryPromise.Start(item, desk, now) is var start && start > now)
        {
            facts.Add(new Fact(Phrase.Key("fact.cut-off"), Phrase.Key("order.cut-off", ("time", $"{item.CutOff:HH:mm}"), ("start", Phrase.At(start, MomentStyle.Day)))));
        }

        if (item.Conditions.Length > 0)
        {
            facts.Add(new Fact(Phrase.Key("fact.conditions"), item.Conditions));
        }

        facts.Add(new Fact(Phrase.Key("fact.approval"), await ApprovalAsync(item, requester, affected, desk, snapshot, now)));
        facts.Add(new Fact(Phrase.Key("fact.delivers"), (desk.Team(item.Team) ?? desk.Teams[0]).Name));
        return facts;
    }

    private static async ValueTask<Phrase> ReadyAsync(CatalogueItem item, DeskContent desk, IDeskSnapshot snapshot, DateTimeOffset now)
    {
        var promise = await DeliveryPromise.OfAsync(item, desk, snapshot, now);
        var (span, due) = (("span", DeliveryPromise.InWords(promise.Quoted)), ("due", Phrase.At(promise.Due(item, desk, now), MomentStyle.Day)));
        return promise.Measured is null ? Phrase.Key("order.ready", span, due) : Phrase.Key("order.ready-measured", span, due, ("n", promise.Deliveries));
    }

    private static async ValueTask<Phrase> ApprovalAsync(CatalogueItem item, string requester, string affected, DeskContent desk, IDeskSnapshot snapshot, DateTimeOffset now)
    {
        var approvers = await Approvers.InOrderAsync(item, requester, affected, desk, snapshot, now);
        if (approvers is null or [])
        {
            return Phrase.Key(approvers is null ? "order.nobody-approves" : "order.no-approval");
        }

        var names = new List<Phrase>();
        foreach (var approver in approvers)
        {
            names.Add((await snapshot.PersonAsync(approver))?.Name ?? approver);
        }

        return new Listing(names, " → ");
    }
}
