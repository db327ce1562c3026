using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>"my tickets", "what about my laptop?": where the person's own matters stand, from any channel, without opening anything.</summary>
public static class StatusAnswer
{
    private const int Most = 5;

    /// <param name="words">What was asked; the tickets it fits come alone. <c>null</c>: all open ones.</param>
    public static async ValueTask<Card> ForAsync(TurnContext turn, string? words)
    {
        // Where others read along, a restricted one is as if it were not there.
        var own = (await turn.Snapshot.OpenTicketsOfAsync(turn.Actor.Id)).Where(ticket => !ticket.Restricted || turn.Place.Kind == PlaceKind.Personal).ToList();
        if (own.Count == 0)
        {
            return Card.Of(Phrase.Key("status.none"));
        }

        var fitting = words is not null && await OwnMatters.FittingAsync(turn, own, words) is { Count: > 0 } meant ? meant : own;
        var parts = new List<CardPart>();
        foreach (var ticket in fitting.Take(Most))
        {
            parts.AddRange(await LinesAsync(turn, ticket));
        }

        if (fitting.Count > Most)
        {
            parts.Add(new TextPart(Phrase.Key("status.more", ("n", fitting.Count - Most)), TextStyle.Subtle));
        }

        return new Card(parts, []);
    }

    private static async ValueTask<IEnumerable<CardPart>> LinesAsync(TurnContext turn, Ticket ticket)
    {
        var summary = await turn.Snapshot.SummaryAsync(ticket.Id);
        var view = new TicketView(turn.Desk, turn.Now, turn.Snapshot, summary);
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("record.title", ("ticket", ticket.Id), ("summary", summary)), TextStyle.Heading),
            new TextPart(await RequesterCard.StateAsync(ticket, view)),
        };
        if (Foresight.Due(ticket) is { } due && ticket.State != TicketState.Resolved)
        {
            parts.Add(new TextPart(Phrase.Key($"status.by-{Foresight.WayOf(ticket)}", ("due", Phrase.At(due)))));
            parts.AddRange(RequesterCard.NeededSooner(ticket, due, view));
        }

        var said = (await turn.Snapshot.TextsAsync(ticket.Id)).LastOrDefault(text => text.Kind is "reply" or "resolution" && text.Text.Length > 0);
        if (said is not null)
        {
            parts.Add(new TextPart(Phrase.Key("status.last", ("agent", await turn.NameAsync(said.Author)), ("at", Phrase.At(said.At)), ("words", said.Text))));
        }

        return parts;
    }
}
