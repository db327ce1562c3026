using System.Globalization;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>Why?</em>: what decided type, priority and team: the strongest terms, the confidence, the model's version and who answers for it.</summary>
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

        parts.Add(new TextPart(Phrase.Key("why.route", ("category", ticket.Category ?? "-"), ("team", team.Name), ("lead", await turn.NameAsync(team.Lead)))));
        turn.Decision.Answer = new Tell(new Card(parts, []));
    }

    /// <summary>Nothing that reads words is ever quite sure; "100 %" would claim it.</summary>
    private const double AlmostSure = 0.99;

    private static string Percent(double share) => Math.Min(share, AlmostSure).ToString("P0", CultureInfo.InvariantCulture);
}
