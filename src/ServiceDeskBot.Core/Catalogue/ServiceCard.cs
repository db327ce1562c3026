using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>
/// One service seen by three kinds of people, out of one store: what it lets everybody do and order; its levels, cost and
/// performance for managers and its owner; its technical and support detail for those who run it.
/// </summary>
internal static class ServiceCard
{
    /// <summary>False when no service is called so: the words mean something else.</summary>
    public static async ValueTask<bool> ShowAsync(TurnContext turn, string words)
    {
        if (turn.Desk.Services.FirstOrDefault(service => IsCalled(service, words)) is not { } service)
        {
            return false;
        }

        turn.Decision.Answer = new Tell(await ForAsync(turn, service));
        return true;
    }

    private static bool IsCalled(Service service, string words) =>
        service.Id.Equals(words, StringComparison.OrdinalIgnoreCase)
        || service.Name.Equals(words, StringComparison.OrdinalIgnoreCase)
        || service.Terms.Contains(words, StringComparer.OrdinalIgnoreCase);

    private static async ValueTask<Card> ForAsync(TurnContext turn, Service service)
    {
        var parts = new List<CardPart>
        {
            new TextPart(service.Name, TextStyle.Heading),
            new TextPart(service.Outcome),
            new FactsPart(
            [
                new Fact(Phrase.Key("service.owner"), await turn.NameAsync(service.Owner)),
                new Fact(Phrase.Key("service.team"), turn.Desk.Team(service.Team)?.Name ?? ""),
                new Fact(Phrase.Key("service.phase"), Phrase.Key($"phase.{service.Phase}")),
            ]),
        };
        var items = turn.Desk.Catalogue.Where(item => item.Service == service.Id && IsSeen(turn, service, item)).ToList();
        if (turn.Actor.Is("manager") || turn.Actor.Id == service.Owner)
        {
            await AddPerformanceAsync(turn, service, items, parts);
        }

        if (turn.Actor.Is("agent") || turn.Actor.Is("operator"))
        {
            await AddSupportAsync(turn, service, items, parts);
        }

        foreach (var item in items.Where(turn.Offer.Shows))
        {
            parts.Add(new TextPart(turn.Offer.Refusal(item) ?? Phrase.Key("service.offers", ("item", item.Name))));
            if (turn.Offer.MayOrder(item))
            {
                parts.Add(new ButtonsPart([OrderForm.Opener(item)]));
            }
        }

        return new Card(parts, []);
    }

    /// <summary>Those who answer for an item know it, also when they could not order it.</summary>
    private static bool IsSeen(TurnContext turn, Service service, CatalogueItem item) =>
        turn.Offer.Shows(item) || service.Owner == turn.Actor.Id || (turn.Desk.Team(item.Team)?.Members.Contains(turn.Actor.Id, StringComparer.Ordinal) ?? false);

    /// <summary>For those who pay for it: what was promised, what really came, what it costs.</summary>
    private static async ValueTask AddPerformanceAsync(TurnContext turn, Service service, List<CatalogueItem> items, List<CardPart> parts)
    {
        parts.Add(new TextPart(Phrase.Key("service.performance"), TextStyle.Heading));
        var targets = turn.Desk.Policies.Targets;
        parts.Add(new FactsPart([.. targets.Keys.Order().Select(priority => new Fact(
            Phrase.Key("service.level", ("n", priority)),
            Phrase.Key("service.within", ("response", DeliveryPromise.InWords(targets[priority].Response)), ("resolution", DeliveryPromise.InWords(targets[priority].Resolution)))))]));
        foreach (var item in items)
        {
            var promise = await DeliveryPromise.OfAsync(item, turn.Desk, turn.Snapshot, turn.Now);
            parts.Add(new TextPart(promise.Measured is { } measured
                ? Phrase.Key(
                    measured > promise.Stated ? "service.slower" : "service.delivered",
                    ("item", item.Name),
                    ("stated", DeliveryPromise.InWords(promise.Stated)),
                    ("measured", DeliveryPromise.InWords(measured)),
                    ("n", promise.Deliveries),
                    ("intime", promise.InTime),
                    ("price", Price(item)))
                : Phrase.Key("service.too-few", ("item", item.Name), ("stated", DeliveryPromise.InWords(promise.Stated)), ("price", Price(item)))));
        }

        var open = await turn.Snapshot.TicketsAsync(new TicketFilter(Team: service.Team, OpenOnly: true, Limit: 200));
        parts.Add(new TextPart(Phrase.Key("service.open", ("n", open.Count(ticket => ticket.Service == service.Id)))));
    }

    /// <summary>For those who run it.</summary>
    private static async ValueTask AddSupportAsync(TurnContext turn, Service service, List<CatalogueItem> items, List<CardPart> parts)
    {
        var team = turn.Desk.Team(service.Team) ?? turn.Desk.Teams[0];
        parts.Add(new TextPart(Phrase.Key("service.support"), TextStyle.Heading));
        parts.Add(new FactsPart(
        [
            new Fact(Phrase.Key("service.category"), service.Category),
            new Fact(Phrase.Key("service.calendar"), turn.Desk.CalendarOf(team).Name),
            new Fact(Phrase.Key("service.lead"), await turn.NameAsync(team.Lead)),
            new Fact(Phrase.Key("service.terms"), string.Join(", ", service.Terms.Take(12))),
            new Fact(Phrase.Key("service.articles"), string.Join(", ", turn.Desk.Articles.Where(article => article.Services.Contains(service.Id)).Select(article => article.Title))),
        ]));
        foreach (var item in items)
        {
            parts.Add(new TextPart(Phrase.Key(
                "service.item-detail",
                ("item", item.Name),
                ("id", item.Id),
                ("team", turn.Desk.Team(item.Team)?.Name ?? ""),
                ("approvals", item.Approvals.Count == 0 ? Phrase.Key("order.no-approval") : string.Join(" → ", item.Approvals.Select(rule => rule.By)))), TextStyle.Subtle));
        }
    }

    private static Phrase Price(CatalogueItem item) => item.Price.Length > 0 ? item.Price : Phrase.Key("catalogue.free");
}
