using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>Talk to a person</em>: logged at once as it stands, and the team is asked to get in touch.</summary>
public sealed record AskForPerson : TicketAction
{
    /// <summary>The evidence code of a record whose person wants to be talked to.</summary>
    public const string WantedCode = "wants-person";

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var record = ticket;
        if (ticket.Type == "query")
        {
            var wanted = turn.Decision.Apply(ticket, Classified.As(ticket, turn.Now, turn.Actor.Id) with { Asks = ticket.Asks, Evidence = [.. ticket.Evidence, WantedCode] });
            record = await Conversion.RouteAsync(turn, await Conversion.ConvertAsync(turn, wanted, confirmed: true));
            turn.End(RegisterQuery.Dialog);
            turn.Focus(record.Id);
        }

        var text = turn.Decision.Keep(record.Id, "note", "desk", "team", "Asked to talk to a person.");
        record = turn.Decision.Apply(record, new Noted { At = turn.Now, By = "desk", Text = text });
        await turn.TellTeamAsync(record, Card.Of(Phrase.Key("person.told-team", ("person", turn.Actor.Name), ("ticket", record.Id))), record.Owner);
        turn.HandedOver = record.Id;
        var team = turn.Desk.Team(record.Team) ?? turn.Desk.Teams[0];
        turn.Decision.Say(turn.Place, Card.Of(Availability.Promise("person", team, turn.Desk, turn.Now, record)), turn.Actor, record.Id);
        if (turn.PressedPost is not null && ticket.Type == "query")
        {
            await turn.ShowAsync(record, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }
}
