using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Kind words need no questions back: kept, answered, and passed on to the people they are for.</summary>
public sealed record PassOnCompliment(string Words, string? Post)
{
    public async ValueTask DecideAsync(TurnContext turn)
    {
        var understood = turn.Reading.Read(Words, turn.Desk, turn.Now, turn.Zone);
        var desk = turn.Desk.TeamFor(null);
        var id = await turn.NewIdAsync("QRY");
        var text = turn.Decision.Keep(id, "description", turn.Actor.Id, "user", Words, Post);
        var query = turn.Decision.Begin(
            new Registered(id, "query", turn.Actor.Id, turn.Actor.Id, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Text = text },
            Summaries.Of(Words));
        turn.Decision.Apply(
            query,
            understood.ToEvent(turn.Now) with { Team = desk.Id, Category = "other", Service = null, Offered = [], Item = null, Route = new Route(Route.Desk, ["type=compliment"]) },
            new Closed(TicketClosure.Answered) { At = turn.Now, By = "desk" });
        turn.KeepPrediction(Words, id);
        turn.Decision.Answer = new Tell(Card.Of(Phrase.Key("intake.compliment")));
        foreach (var channel in await turn.ChannelsOfAsync(desk))
        {
            turn.Decision.Say(channel, new Card([new TextPart(Phrase.Key("intake.compliment-team", ("person", turn.Actor.Name))), new TextPart(Words, TextStyle.Quote)], []), null, id);
        }
    }
}
