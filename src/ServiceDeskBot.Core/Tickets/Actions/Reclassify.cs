using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>Change type or priority</em>: an agent corrects what the record is, how bad it is, or whether its path is known. Routing and targets follow; the person hears the new promise.</summary>
public sealed record Reclassify(string? Type, string? Category, string? Impact, string? Urgency, string? Work, string? Words) : TicketAction
{
    private static readonly string[] Types = ["incident", "request", "problem", "complaint", "idea"];
    private static readonly string[] Impacts = ["person", "team", "department", "organisation"];
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];

    public override Right Needs => Right.Work;

    public override bool AfterApproval => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var type = Chosen(Type, Types, ticket.Type);
        var impact = Chosen(Impact, Impacts, ticket.Impact);
        var urgency = Chosen(Urgency, Urgencies, ticket.Urgency);
        var categories = turn.Desk.Teams.SelectMany(team => team.Categories).ToList();
        var category = Chosen(Category, categories, ticket.Category);
        var work = Chosen(Work, WorkKind.All, ticket.Work)!;
        if (work == ticket.Work && type == ticket.Type && impact == ticket.Impact && urgency == ticket.Urgency && category == ticket.Category)
        {
            turn.Decision.Answer = new ShowForm(Ask(ticket, categories));
            return;
        }

        var events = new List<TicketEvent>();
        var text = string.IsNullOrWhiteSpace(Words) ? null : turn.Decision.Keep(ticket.Id, "reason", turn.Actor.Id, "team", Words);
        if (type != ticket.Type)
        {
            events.Add(new TypeChanged(ticket.Type, type!) { At = turn.Now, By = turn.Actor.Id, Text = text });
        }

        if (category != ticket.Category)
        {
            var closed = turn.Desk.TeamFor(category).Closed;
            events.Add(new CategoryChanged(ticket.Category, category!) { At = turn.Now, By = turn.Actor.Id, Text = text, Restricts = closed, Opens = ticket.Restricted && !closed });
            await AddRouteAsync(turn, ticket, category!, events);
        }

        var priority = turn.Desk.Policies.Priority(impact!, urgency!);
        if (impact != ticket.Impact || urgency != ticket.Urgency)
        {
            events.Add(new PriorityChanged(ticket.Priority, priority, impact!, urgency!) { At = turn.Now, By = turn.Actor.Id, Text = text });
        }

        if (work != ticket.Work)
        {
            events.Add(new WorkMarked(ticket.Work, work) { At = turn.Now, By = turn.Actor.Id, Text = text });
        }

        var changed = turn.Decision.Apply(ticket, [.. events]);
        await NoteCorrection.OnAsync(turn, ticket, changed);
        changed = turn.Decision.Apply(changed, Promises.For(changed, turn.Desk, turn.Now, changed.Opened));
        Foresight.Watch(turn, changed);
        await OnCall.CallAsync(turn, changed);
        if (changed.Team == ticket.Team || !changed.Restricted)
        {
            await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("change.told", ("agent", turn.Actor.Name), ("ticket", changed.Id), ("words", Words ?? ""))));
        }

        if (changed.Team != ticket.Team)
        {
            await turn.MoveTeamCardsAsync(changed);
        }

        if (changed.Priority != ticket.Priority)
        {
            var told = new TextPart(Phrase.Key("change.told-user", ("ticket", changed.Id), ("priority", Phrase.Key($"priority.{changed.Priority}")), ("due", Phrase.At(changed.Resolution!.Due))));
            await turn.TellRequesterAsync(changed, new Card(string.IsNullOrWhiteSpace(Words) ? [told] : [told, new TextPart(Words, TextStyle.Quote)], []));
        }
    }

    private static async ValueTask AddRouteAsync(TurnContext turn, Ticket ticket, string category, List<TicketEvent> events)
    {
        var team = turn.Desk.TeamFor(category);
        var read = Classified.As(ticket, turn.Now, turn.Actor.Id) with { Category = category, Team = team.Id, Restricted = team.Closed, Prediction = ticket.Prediction };
        var routed = await read.RoutedAsync(turn, ticket.Reporter, await turn.WordsOfAsync(ticket));
        if (routed.Team != ticket.Team)
        {
            events.Add(new ReRouted(ticket.Team, routed.Team!) { At = turn.Now, By = turn.Actor.Id, Route = routed.Route });
        }
    }

    private static string? Chosen(string? asked, IReadOnlyList<string> allowed, string? now) =>
        allowed.FirstOrDefault(value => string.Equals(value, asked, StringComparison.OrdinalIgnoreCase)) ?? now;

    private static Form Ask(Ticket ticket, IReadOnlyList<string> categories) => new(
        "change",
        Phrase.Key("change.title", ("ticket", ticket.Id)),
        Phrase.Key("change.submit"),
        [
            Pick("type", Types, ticket.Type),
            Pick("category", categories, ticket.Category),
            Pick("impact", Impacts, ticket.Impact),
            Pick("urgency", Urgencies, ticket.Urgency),
            Pick("work", WorkKind.All, ticket.Work),
            new InputPart("text", Phrase.Key("change.label"), InputKind.LongText, Required: false),
        ],
        Of(ticket));

    private static InputPart Pick(string id, IReadOnlyList<string> values, string? now) =>
        new(id, Phrase.Key($"change.{id}"), InputKind.Choice, Required: false)
        {
            Choices = [.. values.Select(value => new Choice(Title(id, value), value))],
            Value = now is not null && values.Contains(now) ? now : null,
        };

    /// <summary>Categories belong to the desk, which may have its own: they are shown as they are called.</summary>
    private static Phrase Title(string id, string value) => id == "category" ? value.Replace('-', ' ') : Phrase.Key($"{id}.{value}");
}
