using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.ServiceLevels;

/// <summary>Out of a team's hours, for what cannot wait: one after the other is called until somebody takes it.</summary>
public static class OnCall
{
    /// <summary>True when such a ticket does not wait for the team's hours: its promises count on the clock.</summary>
    public static bool Covers(Ticket ticket, DeskContent desk, DateTimeOffset now) =>
        ticket.Type is "incident" or "query"
        && ticket.Priority <= desk.Policies.OnCallFrom
        && TeamOf(ticket, desk) is { OnCall.Count: > 0 } team
        && !WorkingTime.IsOpen(desk.CalendarOf(team), now);

    /// <summary>Calls the next one, and remembers to call another if nobody has taken it in time.</summary>
    public static async ValueTask CallAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket is not { IsOpen: true, Owner: null, Type: "incident" } || !Covers(ticket, turn.Desk, turn.Now))
        {
            return;
        }

        var team = TeamOf(ticket, turn.Desk);
        foreach (var id in team.OnCall.Append(team.Lead).Distinct(StringComparer.Ordinal).Except(ticket.Called, StringComparer.Ordinal))
        {
            if (turn.Desk.People.FirstOrDefault(person => person.Id == id)?.Away?.Holds(turn.Desk.DayOf(turn.Now)) == true || await turn.ReachAsync(id) is not { } place)
            {
                continue;
            }

            turn.Decision.Apply(turn.Decision.Current(ticket), new CalledIn(id) { At = turn.Now, By = "desk" });
            turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.OnCall, turn.Now + turn.Desk.Policies.Targets[ticket.Priority].Response));
            var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id };
            turn.Decision.Say(
                place,
                new Card(
                    [
                        new TextPart(Phrase.Key("on-call.called", ("ticket", ticket.Id), ("team", team.Name), ("priority", Phrase.Key($"priority.{ticket.Priority}")))),
                        new TextPart(turn.Decision.SummaryOf(ticket.Id) ?? await turn.Snapshot.SummaryAsync(ticket.Id), TextStyle.Quote),
                    ],
                    [new Button(Phrase.Key("button.claim"), "claim", data) { Style = ButtonStyle.Primary }, new Button(Phrase.Key("button.reply"), "reply", data)]),
                await turn.PersonAsync(id),
                ticket.Id);
            return;
        }
    }

    private static Team TeamOf(Ticket ticket, DeskContent desk) => desk.Team(ticket.Team) ?? desk.Teams[0];
}
