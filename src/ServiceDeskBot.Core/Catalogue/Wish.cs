using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>Something that the catalogue does not hold: recorded as a demand for the owner of the nearest service, who answers the person.</summary>
public static class Wish
{
    /// <summary>The evidence code that stands for it on the record.</summary>
    private const string Code = "wish";

    private const int LongestWords = 1000;

    /// <summary>The same for an idea: nothing is asked for, somebody says how it could be better.</summary>
    private const string IdeaCode = "idea";

    public static bool IsWish(Ticket ticket) => ticket.Type == "idea" && (ticket.Evidence.Contains(Code) || IsIdea(ticket));

    public static bool IsIdea(Ticket ticket) => ticket.Evidence.Contains(IdeaCode);

    /// <summary>Who decides about it: the owner of the service, or the lead of the team that is nearest.</summary>
    public static string OwnerOf(Ticket ticket, DeskContent desk) => desk.Service(ticket.Service)?.Owner ?? (desk.Team(ticket.Team) ?? desk.Teams[0]).Lead;

    /// <summary>An idea that the person wants on the list of improvements: its owner gets it, and answers.</summary>
    internal static async ValueTask<Ticket> PassOnAsync(TurnContext turn, Ticket idea)
    {
        var owner = OwnerOf(idea, turn.Desk);
        idea = turn.Decision.Apply(idea, Classified.As(idea, turn.Now, "desk") with { Evidence = [.. idea.Evidence, IdeaCode] }, new Assigned(null, owner) { At = turn.Now, By = "desk" });
        await HangOwnerCardAsync(turn, idea, owner);
        return idea;
    }

    public static async ValueTask RegisterAsync(TurnContext turn, string words)
    {
        words = words.Trim();
        if (words.Length == 0)
        {
            turn.Refuse(Phrase.Key("wish.empty"));
            return;
        }

        words = words.Length <= LongestWords ? words : words[..LongestWords];
        var understood = turn.Reading.Read(words, turn.Desk, turn.Now, turn.Zone);
        var service = understood.Service ?? turn.Desk.Services.FirstOrDefault(service => service.Category == understood.Category);
        var team = turn.Desk.Team(service?.Team) ?? turn.Desk.TeamFor(understood.Category);
        var owner = service?.Owner ?? team.Lead;
        var id = await turn.NewIdAsync("IDEA");
        var text = turn.Decision.Keep(id, "description", turn.Actor.Id, "user", words);
        var wish = turn.Decision.Begin(
            new Registered(id, "idea", turn.Actor.Id, turn.Actor.Id, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Text = text },
            Summaries.Of(words));
        wish = turn.Decision.Apply(
            wish,
            new Classified(service?.Id, service?.Category ?? understood.Category, team.Id, "person", "low", turn.Desk.Policies.Priority("person", "low")) { At = turn.Now, By = "desk", Evidence = [Code], Route = RouteOf(service, understood.Category) },
            new Confirmed { At = turn.Now, By = turn.Actor.Id });
        wish = turn.Decision.Apply(wish, Promises.For(wish, turn.Desk, turn.Now), new Assigned(null, owner) { At = turn.Now, By = "desk" });
        turn.Focus(id);
        turn.Decision.Hang(id, MirrorKind.Requester, RegisterQuery.AnswerPlace(turn.Place, turn.OpeningPost), turn.Actor, turn.PressedPost);
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(wish, Summaries.Of(words));
        }

        await HangOwnerCardAsync(turn, wish, owner);
    }

    private static async ValueTask HangOwnerCardAsync(TurnContext turn, Ticket wish, string owner)
    {
        if (await turn.ReachAsync(owner) is { } place)
        {
            turn.Decision.Hang(wish.Id, MirrorKind.Wish, place, await turn.PersonAsync(owner));
        }
        else
        {
            await turn.HangTeamCardsAsync(wish);
        }
    }

    private static Route RouteOf(Service? service, string? category) => service is null
        ? new Route(Route.Category, [$"category={category}"])
        : new Route(Route.Service, [$"service={service.Id}"]);
}

/// <summary>The owner answers a wish: what will come of it, in words the person reads.</summary>
public sealed record AnswerWish(string? Words) : TicketAction
{
    public override Right Needs => Right.Work;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (!Wish.IsWish(ticket))
        {
            turn.Refuse(Phrase.Key("wish.is-none", ("ticket", ticket.Id)));
            return;
        }

        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = AskWords("answer-wish", ticket, "wish-answer");
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "resolution", turn.Actor.Id, "user", Words);
        turn.Decision.Apply(ticket, new Closed(TicketClosure.Answered) { At = turn.Now, By = turn.Actor.Id, Text = text });
        await turn.TellRequesterAsync(ticket, new Card([new TextPart(Phrase.Key("wish.answered", ("owner", turn.Actor.Name), ("ticket", ticket.Id))), new TextPart(Words, TextStyle.Quote)], []));
    }
}

/// <summary>What the owner sees of a wish.</summary>
public static class WishCard
{
    public static async ValueTask<Card> ForAsync(Ticket wish, TicketView view)
    {
        var texts = await view.Snapshot.TextsAsync(wish.Id);
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key(Wish.IsIdea(wish) ? "idea.title" : "wish.title", ("person", await view.NameAsync(wish.Reporter)), ("ticket", wish.Id)), TextStyle.Heading),
            new TextPart(texts.FirstOrDefault(text => text.Kind == "description")?.Text ?? view.Summary, TextStyle.Quote),
        };
        if (view.Desk.Service(wish.Service) is { } service)
        {
            parts.Add(new TextPart(Phrase.Key("wish.about", ("service", service.Name))));
        }

        if (wish.IsOpen)
        {
            return new Card(parts, [new Button(Phrase.Key("button.answer-wish"), "answer-wish", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = wish.Id }) { Style = ButtonStyle.Primary }]);
        }

        parts.Add(new TextPart(Phrase.Key("wish.you-answered")));
        parts.AddRange(texts.Where(text => text.Kind == "resolution").Select(text => new TextPart(text.Text, TextStyle.Quote)));
        return new Card(parts, []);
    }
}
