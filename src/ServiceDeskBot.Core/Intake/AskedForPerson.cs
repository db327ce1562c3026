using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>"Can I talk to somebody?": no questions back; a query and its request are made in one go and the desk's people get in touch.</summary>
public sealed record AskedForPerson(string Words, string? Post)
{
    public async ValueTask DecideAsync(TurnContext turn)
    {
        var understood = turn.Reading.Read(Words, turn.Desk, turn.Now, turn.Zone);
        var desk = turn.Desk.TeamFor(null);
        var id = await turn.NewIdAsync("QRY");
        var summary = Summaries.Of(Words);
        var description = turn.Decision.Keep(id, "description", turn.Actor.Id, "user", Words, Post);
        var query = turn.Decision.Begin(
            new Registered(id, "query", turn.Actor.Id, turn.Actor.Id, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Text = description },
            summary);
        query = turn.Decision.Apply(query, understood.ToEvent(turn.Now) with
        {
            Team = understood.Restricted ? understood.Team.Id : desk.Id,
            Service = null,
            Category = understood.Restricted ? understood.Category : "other",
            Prediction = understood.Prediction with { Type = "human" },
            Offered = [],
            Item = null,
            Route = understood.Restricted ? new Route(Route.Closed, [$"category={understood.Category}"]) : new Route(Route.Desk, ["type=human"]),
        });
        turn.KeepPrediction(Words, id);
        var record = await Conversion.BeginAsync(turn, query, summary, confirmed: true, "request");
        turn.Decision.Keep(record.Id, "description", turn.Actor.Id, "user", Words, Post);
        record = await Conversion.RouteAsync(turn, record);
        turn.Decision.Hang(record.Id, MirrorKind.Requester, RegisterQuery.AnswerPlace(turn.Place, Post), turn.Actor);
        turn.HandedOver = record.Id;
        turn.Focus(record.Id);
    }
}
