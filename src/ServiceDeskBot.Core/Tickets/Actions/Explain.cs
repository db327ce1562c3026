using System.Globalization;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>Why?</em>: what decided type, priority, team and a closing without a person: the rule or the strongest terms, the confidence, the model's version and who answers for it.</summary>
public sealed record Explain : TicketAction
{
    public override Right Needs => Right.Work;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var team = turn.Desk.Team(ticket.Team) ?? turn.Desk.Teams[0];
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("why.title", ("ticket", ticket.Id)), TextStyle.Heading),
            new TextPart(Phrase.Key(
                "why.priority",
                ("impact", Phrase.Key($"impact.{ticket.Impact}")),
                ("urgency", Phrase.Key($"urgency.{ticket.Urgency}")),
                ("priority", Phrase.Key($"priority.{ticket.Priority}")))),
        };
        if (ticket.Evidence.Count > 0)
        {
            parts.Add(new TextPart(Phrase.Key("why.evidence", ("evidence", new Listing([.. ticket.Evidence.Select(code => Phrase.Key($"evidence.{code}"))])))));
        }

        if (ticket.Prediction is { } prediction)
        {
            parts.Add(new TextPart(Phrase.Key(
                prediction.Model == "rules" ? "why.rules" : "why.model",
                ("type", Phrase.Key($"type.{prediction.Type}")),
                ("confidence", Percent(prediction.Confidence)),
                ("category", prediction.Category ?? "-"),
                ("categoryConfidence", Percent(prediction.CategoryConfidence)),
                ("terms", string.Join(", ", prediction.Reasons)),
                ("model", prediction.Model))));
        }

        if (await turn.Snapshot.PredictionAsync(ticket.QueryId) is { IsFallback: false, Labels: { } labels })
        {
            parts.Add(new TextPart(Phrase.Key(
                "why.severity",
                ("impact", Phrase.Key($"impact.{labels.Impact.Label}")),
                ("impactConfidence", Percent(labels.Impact.Confidence)),
                ("urgency", Phrase.Key($"urgency.{labels.Urgency.Label}")),
                ("urgencyConfidence", Percent(labels.Urgency.Confidence)))));
        }

        parts.Add(new TextPart(RouteOf(ticket, team, turn.Desk)));
        parts.Add(new TextPart(Phrase.Key("why.correct", ("team", team.Name), ("lead", await turn.NameAsync(team.Lead)))));
        if (await ClosedByItselfAsync(turn, ticket) is { } closed)
        {
            parts.Add(new TextPart(closed));
        }

        parts.Add(new TextPart(Phrase.Key("why.accountable", ("people", new Listing(await AccountableAsync(turn))))));
        turn.Decision.Answer = new Tell(new Card(parts, []));
    }

    private static Phrase RouteOf(Ticket ticket, Team team, DeskContent desk) => ticket.Route switch
    {
        null or { Rule: Route.Category } => Phrase.Key("why.route", ("category", ticket.Category ?? "-"), ("team", team.Name)),
        { Rule: Route.Closed } => Phrase.Key("why.route-closed", ("team", team.Name)),
        { Rule: Route.Item } => Phrase.Key("why.route-item", ("item", desk.Item(ticket.Item)?.Name ?? "-"), ("team", team.Name)),
        { Rule: Route.Desk } => Phrase.Key("why.route-desk", ("team", team.Name)),
        { Rule: Route.Service } => Phrase.Key("why.route-service", ("service", desk.Service(ticket.Service)?.Name ?? "-"), ("team", team.Name)),
        { Rule: Route.Person } => Phrase.Key("why.route-person", ("team", team.Name)),
        var route => Phrase.Key("why.route-rule", ("rule", route.Rule), ("team", team.Name), ("attributes", string.Join(", ", route.Attributes))),
    };

    /// <summary><c>null</c> for a ticket that is open or that somebody closed.</summary>
    private static async ValueTask<Phrase?> ClosedByItselfAsync(TurnContext turn, Ticket ticket) =>
        (await turn.Snapshot.EventsAsync(ticket.Id)).LastOrDefault(happened => happened is Closed) is { By: "desk" } closed && ticket.Closure == TicketClosure.NotConfirmed
            ? Phrase.Key("why.closed", ("at", Phrase.At(closed.At)), ("hours", (int)(turn.Desk.Policies.Verification.Reminder + turn.Desk.Policies.Verification.Close).TotalHours))
            : null;

    private static async ValueTask<List<Phrase>> AccountableAsync(TurnContext turn)
    {
        var names = new List<Phrase>();
        foreach (var person in await Accountable.ForAutomationAsync(turn))
        {
            names.Add(await turn.NameAsync(person));
        }

        return names;
    }

    /// <summary>Nothing that reads words is ever quite sure; "100 %" would claim it.</summary>
    private const double AlmostSure = 0.99;

    private static string Percent(double share) => Math.Min(share, AlmostSure).ToString("P0", CultureInfo.InvariantCulture);
}
