using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>A program raises a record for a person: nobody is asked to confirm, the program's statements stand over the reading.</summary>
public sealed record RaiseRecord(RaisedByProgram Input)
{
    public async ValueTask DecideAsync(TurnContext turn)
    {
        var understood = turn.Reading.Read(Input.Text, turn.Desk, turn.Now, turn.Zone);
        var impact = Input.Impact ?? understood.Impact;
        var urgency = Input.Urgency ?? understood.Urgency;
        var category = Input.Category ?? understood.Category;
        var summary = Summaries.Of(Input.Text);
        var id = await turn.NewIdAsync("QRY");
        var description = turn.Decision.Keep(id, "description", turn.Actor.Id, "user", Input.Text);
        var query = turn.Decision.Begin(
            new Registered(id, "query", turn.Actor.Id, turn.Actor.Id, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Text = description },
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
        query = turn.Decision.Apply(query, await classified.RoutedAsync(turn, turn.Actor.Id, Input.Text));

        turn.KeepPrediction(Input.Text, id);
        var record = await Conversion.BeginAsync(turn, query, summary, confirmed: true, Input.Type);
        turn.Decision.Keep(record.Id, "description", turn.Actor.Id, "user", Input.Text);
        record = await Conversion.RouteAsync(turn, record);
        if (await turn.ReachAsync(turn.Actor.Id) is { } place)
        {
            turn.Decision.Hang(record.Id, MirrorKind.Requester, place, turn.Actor);
        }

        turn.Decision.Answer = new Recorded(record.Id, null);
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
