using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>A program, or an agent to whom somebody talks, raises a record for a person: nobody is asked to confirm, what is stated stands over the reading.</summary>
public sealed record RaiseRecord(RaisedByProgram Input)
{
    /// <summary>For whom; <c>null</c>: the actor.</summary>
    public Person? For { get; init; }

    public async ValueTask<Ticket> DecideAsync(TurnContext turn)
    {
        var person = For ?? turn.Actor;
        var understood = turn.Reading.Read(Input.Text, turn.Desk, turn.Now, turn.Zone);
        var impact = Input.Impact ?? understood.Impact;
        var urgency = Input.Urgency ?? understood.Urgency;
        var category = Input.Category ?? understood.Category;
        var summary = Summaries.Of(Input.Text);
        var id = await turn.NewIdAsync("QRY");
        var description = turn.Decision.Keep(id, "description", person.Id, "user", Input.Text);
        var query = turn.Decision.Begin(
            new Registered(id, "query", person.Id, person.Id, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Text = description },
            summary);
        var classified = understood.ToEvent(turn.Now) with
        {
            Category = category,
            Team = Input.Category is null || understood.Restricted ? understood.Team.Id : turn.Desk.TeamFor(category).Id,
            Impact = impact,
            Urgency = urgency,
            Priority = turn.Desk.Policies.Priority(impact, urgency),
            Offered = [],
            Item = null,
        };
        query = turn.Decision.Apply(query, await classified.RoutedAsync(turn, person.Id, Input.Text));

        turn.KeepPrediction(Input.Text, id);
        var record = await Conversion.BeginAsync(turn, query, summary, confirmed: true, Input.Type);
        if (record.Id != id)
        {
            turn.Decision.Keep(record.Id, "description", person.Id, "user", Input.Text);
        }

        record = await Conversion.RouteAsync(turn, record);
        if (await turn.ReachAsync(person.Id) is { } place)
        {
            turn.Decision.Hang(record.Id, MirrorKind.Requester, place, person);
        }

        turn.Decision.Answer = new Recorded(record.Id, null);
        return record;
    }
}

/// <summary>A program's words on a ticket; which program may is settled by its key, not by roles.</summary>
public sealed record NoteFromProgram(NotedByProgram Input)
{
    public async ValueTask DecideAsync(TurnContext turn)
    {
        if (await turn.TicketAsync(Input.Ticket) is not { } ticket)
        {
            turn.Refuse(Phrase.Key("ticket.unknown", ("ticket", Input.Ticket)));
            return;
        }

        var toUser = Input.Visible == "user";
        var text = turn.Decision.Keep(ticket.Id, toUser ? "reply" : "note", turn.Actor.Id, toUser ? "user" : "team", Input.Text);
        if (toUser)
        {
            turn.Decision.Apply(ticket, new Replied(ticket.NextUpdate) { At = turn.Now, By = turn.Actor.Id, Text = text });
            await turn.TellRequesterAsync(ticket, new Card([new TextPart(Phrase.Key("reply.from", ("agent", turn.Actor.Name), ("ticket", ticket.Id)), TextStyle.Subtle), new TextPart(Input.Text)], []));
        }
        else
        {
            turn.Decision.Apply(ticket, new Noted { At = turn.Now, By = turn.Actor.Id, Text = text });
        }

        await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key(toUser ? "reply.told" : "note.told", ("agent", turn.Actor.Name), ("words", Input.Text))));
        turn.Decision.Answer = new Recorded(ticket.Id, text);
    }
}
