using System.Text.Json;
using ServiceDeskBot.Core.Approvals;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>From an item to a request: opens the form, judges what comes back, places the order once.</summary>
public static class Ordering
{
    /// <summary>The place in which an order's mark is remembered, so that a form sent twice is one order.</summary>
    private const string Marks = "order";

    /// <summary>Why this person cannot order this now; <c>null</c> when they can.</summary>
    public static async ValueTask<Phrase?> RefusalAsync(TurnContext turn, CatalogueItem? item)
    {
        if (item is null)
        {
            return Phrase.Key("order.unavailable");
        }

        if (turn.Offer.Refusal(item) is { } refusal)
        {
            return refusal;
        }

        if (await Approvers.InOrderAsync(item, turn.Actor.Id, turn.Actor.Id, turn.Desk, turn.Snapshot, turn.Now) is null)
        {
            return Phrase.Key("order.nobody-approves");
        }

        return item.Quota is { } quota ? await QuotaAsync(turn, item, quota) : null;
    }

    /// <summary>Somebody wants this item: its form with what they had answered before, or in a chat one question after the other.</summary>
    /// <param name="query">The query it answers; <c>null</c> for an order out of the catalogue.</param>
    public static async ValueTask OpenAsync(TurnContext turn, CatalogueItem? item, string? query, bool typed)
    {
        if (await RefusalAsync(turn, item) is { } refusal)
        {
            Refuse(turn, refusal);
            return;
        }

        var kept = OrderState.Kept(turn, item!, query) ?? new OrderState(item!.Id, query, OrderKey.New(turn.Now).Mark, new Dictionary<string, string>(StringComparer.Ordinal), null);
        if (!typed)
        {
            turn.Decision.Answer = new ShowForm(await OrderForm.ForAsync(turn, item!, kept.Key, kept.Values));
            return;
        }

        var asking = kept.Next(item!);
        turn.Begin(asking.ToFrame(turn.Now));
        var question = OrderQuestions.Card(item!, asking);
        var facts = await ItemFacts.OfAsync(item!, turn.Actor.Id, turn.Actor.Id, turn.Desk, turn.Snapshot, turn.Now);
        turn.Decision.Answer = new Tell(question with { Parts = [new TextPart(item!.Description), new FactsPart(facts), .. question.Parts] });
    }

    /// <summary>A form came back. Nothing of it is trusted: not the item, not the fields, not that it is the first time.</summary>
    /// <param name="query">The query it answers; <c>null</c> for an order out of the catalogue.</param>
    public static async ValueTask SubmittedAsync(TurnContext turn, CatalogueItem? item, IReadOnlyDictionary<string, string> data, IReadOnlyDictionary<string, string> values, Ticket? query)
    {
        var order = OrderKey.Of(data);
        if (query is null && await turn.Snapshot.TicketOfPostAsync(Marks, turn.Actor.Id, order.Mark) is { } placed)
        {
            turn.Refuse(Phrase.Key("order.placed-already", ("ticket", placed)));
            return;
        }

        if (query is null && order.Mark.Length == 0)
        {
            await OpenAsync(turn, item, null, typed: false);
            return;
        }

        if (await RefusalAsync(turn, item) is { } refusal)
        {
            Refuse(turn, refusal);
            return;
        }

        if (Stale(item!, data, values) is { } stale)
        {
            Keep(turn, item!, order, values);
            turn.Decision.Answer = new ShowForm(await AgainAsync(turn, item!, order, values, stale));
            return;
        }

        var faults = OrderForm.Faults(item!, values, turn.Desk.DayOf(turn.Now));
        if (faults.Count > 0)
        {
            Keep(turn, item!, order, values);
            turn.Decision.Answer = new FieldErrors(await OrderForm.ForAsync(turn, item!, order, values), faults);
            return;
        }

        await PlaceAsync(turn, item!, values, query, order);
    }

    /// <summary>The form was closed: what it held is kept, and the person hears how to go on.</summary>
    public static async ValueTask LeftAsync(TurnContext turn, FormLeft form)
    {
        if (turn.Desk.Item(form.Data.GetValueOrDefault("item")) is { } item
            && await RefusalAsync(turn, item) is null
            && form.Fields.Values.Any(value => value.Trim().Length > 0)
            && Stale(item, form.Data, form.Fields) is null)
        {
            Keep(turn, item, OrderKey.Of(form.Data), form.Fields);
            turn.Decision.Say(turn.Place, new Card([new TextPart(Phrase.Key("order.left", ("item", item.Name)))], [new Button(Phrase.Key("button.go-on"), "resume", new Dictionary<string, string>(StringComparer.Ordinal)), new Button(Phrase.Key("button.drop"), "drop", new Dictionary<string, string>(StringComparer.Ordinal))]), turn.Actor);
        }
    }

    /// <summary>A form that came back half filled, or wrong, is kept until it is ordered, dropped or forgotten; a restart does not lose it.</summary>
    private static void Keep(TurnContext turn, CatalogueItem item, OrderKey order, IReadOnlyDictionary<string, string> values)
    {
        var right = item.Fields.Where(field => values.GetValueOrDefault(field.Id) is { Length: > 0 } value && OrderForm.Fault(field, value.Trim(), turn.Desk.DayOf(turn.Now)) is null);
        turn.Begin(new OrderState(item.Id, order.Query, order.Mark, right.ToDictionary(field => field.Id, field => values[field.Id].Trim(), StringComparer.Ordinal), null).ToFrame(turn.Now));
    }

    /// <summary>A form that was opened before its questions changed, or that holds answers nobody asked for.</summary>
    private static Phrase? Stale(CatalogueItem item, IReadOnlyDictionary<string, string> data, IReadOnlyDictionary<string, string> values) =>
        data.TryGetValue("version", out var version) && version != OrderForm.VersionOf(item) ? Phrase.Key("order.changed")
        : values.Keys.Any(id => item.Fields.All(field => field.Id != id)) ? Phrase.Key("order.not-asked")
        : null;

    private static async ValueTask<Form> AgainAsync(TurnContext turn, CatalogueItem item, OrderKey order, IReadOnlyDictionary<string, string> values, Phrase why)
    {
        var form = await OrderForm.ForAsync(turn, item, order, values);
        return form with { Parts = [new TextPart(why), .. form.Parts] };
    }

    private static async ValueTask PlaceAsync(TurnContext turn, CatalogueItem item, IReadOnlyDictionary<string, string> values, Ticket? query, OrderKey order)
    {
        var record = query is null ? await BeginAsync(turn, item, order) : await ConvertAsync(turn, item, query);
        var form = string.Join('\n', item.Fields.Where(field => !string.IsNullOrWhiteSpace(values.GetValueOrDefault(field.Id))).Select(field => $"{field.Label}: {values[field.Id].Trim()}"));
        if (form.Length > 0)
        {
            turn.Decision.Keep(record.Id, "form", turn.Actor.Id, "user", form);
        }

        foreach (var field in item.Fields.Where(field => field.Later && string.IsNullOrWhiteSpace(values.GetValueOrDefault(field.Id))))
        {
            record = UnknownFacts.Mark(turn, record, UnknownFacts.Of(item, field));
        }

        if (item.Workflow is not null)
        {
            // Programs want the answers by field, not in sentences.
            turn.Decision.Keep(record.Id, "fields", turn.Actor.Id, "team", JsonSerializer.Serialize(values));
        }

        turn.Decision.Summarise(record, item.Name);
        record = await Conversion.RouteAsync(turn, record);
        turn.End(RegisterQuery.Dialog);
        turn.End(OrderState.Dialog);
        turn.Focus(record.Id);
        if (query is null)
        {
            await HangAsync(turn, record);
        }

        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(record, item.Name);
        }
    }

    private static async ValueTask<Ticket> ConvertAsync(TurnContext turn, CatalogueItem item, Ticket query)
    {
        var ordered = turn.Decision.Apply(
            query,
            new Classified(item.Service, item.Category, item.Team, query.Impact, query.Urgency, query.Priority)
            {
                At = turn.Now,
                By = turn.Actor.Id,
                Item = item.Id,
                Evidence = query.Evidence,
                Deadline = query.Deadline,
                Route = Route.By(item.Id),
                Restricted = turn.Desk.Team(item.Team)?.Closed == true,
            });
        return await Conversion.ConvertAsync(turn, ordered, confirmed: true, "request");
    }

    private static async ValueTask<Ticket> BeginAsync(TurnContext turn, CatalogueItem item, OrderKey order)
    {
        var id = await turn.NewIdAsync("REQ");
        var description = turn.Decision.Keep(id, "description", turn.Actor.Id, "user", item.Name);
        var record = turn.Decision.Begin(
            new Registered(id, "request", turn.Actor.Id, turn.Actor.Id, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Item = item.Id, Text = description },
            item.Name);
        turn.Decision.Add(new TiePost(Marks, turn.Actor.Id, order.Mark, id));
        return turn.Decision.Apply(
            record,
            new Classified(item.Service, item.Category, item.Team, "person", "medium", turn.Desk.Policies.Priority("person", "medium")) { At = turn.Now, By = "desk", Item = item.Id, Route = Route.By(item.Id), Restricted = turn.Desk.Team(item.Team)?.Closed == true },
            new Confirmed { At = turn.Now, By = turn.Actor.Id });
    }

    /// <summary>The card that was pressed becomes the order's own; without one, or in a shared place, the person's chat gets it.</summary>
    private static async ValueTask HangAsync(TurnContext turn, Ticket record)
    {
        if (turn.Place.Kind == PlaceKind.Personal)
        {
            turn.Decision.Hang(record.Id, MirrorKind.Requester, turn.Place, turn.Actor, turn.PressedPost);
            if (turn.PressedPost is { } post)
            {
                turn.Decision.Add(new TiePost(turn.Place.Channel, turn.Place.Conversation, post, record.Id));
            }
        }
        else if (await turn.ReachAsync(turn.Actor.Id) is { } personal)
        {
            turn.Decision.Hang(record.Id, MirrorKind.Requester, personal, turn.Actor);
        }
    }

    private static async ValueTask<Phrase?> QuotaAsync(TurnContext turn, CatalogueItem item, Quota quota)
    {
        var had = (await turn.Snapshot.TicketsAsync(new TicketFilter(Type: "request", Reporter: turn.Actor.Id, Item: item.Id, OpenedFrom: turn.Now - quota.Per, Limit: 200)))
            .Where(request => request.Closure is not (TicketClosure.Rejected or TicketClosure.Cancelled or TicketClosure.Duplicate))
            .ToList();
        return had.Count < quota.Orders
            ? null
            : Phrase.Key("order.quota", ("item", item.Name), ("n", quota.Orders), ("days", (int)Math.Ceiling(quota.Per.TotalDays)), ("again", Phrase.At(had.Take(quota.Orders).Last().Opened + quota.Per, MomentStyle.Day)));
    }

    private static void Refuse(TurnContext turn, Phrase why) =>
        turn.Refuse(why, new Button(Phrase.Key("button.person"), "person", new Dictionary<string, string>(StringComparer.Ordinal)));
}
