using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>
/// Looks again at what people got because of a training: two weeks before it ends they hear what depends on it and how to
/// renew it; when it has ended, whoever delivered is asked to take the things back. A renewed training starts this anew.
/// </summary>
internal static class ExpiringTraining
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    /// <summary>Remembers every training that will end. One that ended before the desk knew of it is left alone.</summary>
    public static void Watch(TurnContext context)
    {
        foreach (var person in context.Desk.People)
        {
            foreach (var (training, last) in person.Trainings)
            {
                if (last is { } day && day >= context.Desk.DayOf(context.Now))
                {
                    context.Decision.Add(new SetTimer($"{person.Id}/{training}", TimerKinds.Training, AfterLast(day, context.Desk) - Ahead) { OnlyIfAbsent = true });
                }
            }
        }
    }

    public static async ValueTask RingAsync(TurnContext context, DueTimer timer)
    {
        var parts = timer.Subject.Split('/', 2);
        context.Decision.Add(new ClearTimer(timer.Subject, timer.Kind));
        if (context.Desk.People.FirstOrDefault(known => known.Id == parts[0]) is not { } person || !person.Trainings.TryGetValue(parts[1], out var last) || last is not { } day)
        {
            return;
        }

        var end = AfterLast(day, context.Desk);
        var ended = end <= context.Now;
        if (!ended && end - context.Now > Ahead)
        {
            // Renewed meanwhile.
            context.Decision.Add(new SetTimer(timer.Subject, timer.Kind, end - Ahead));
            return;
        }

        foreach (var item in await HeldAsync(person, parts[1], context))
        {
            await TellAsync(context, person.Id, Phrase.Key(ended ? "training.ended" : "training.ends", ("training", parts[1]), ("item", item.Name), ("day", Phrase.At(end, MomentStyle.Day)), ("qualify", item.Entitlement.Qualify)));
            if (ended)
            {
                await TellAsync(context, (context.Desk.Team(item.Team) ?? context.Desk.Teams[0]).Lead, Phrase.Key("training.take-back", ("person", person.Name), ("training", parts[1]), ("item", item.Name)));
            }
        }

        if (!ended)
        {
            context.Decision.Add(new SetTimer(timer.Subject, timer.Kind, end));
        }
    }

    /// <summary>What was delivered to the person and asks for this training.</summary>
    private static async ValueTask<List<CatalogueItem>> HeldAsync(KnownPerson person, string training, TurnContext context)
    {
        var held = new List<CatalogueItem>();
        foreach (var item in context.Desk.Catalogue.Where(item => item.Entitlement.Trainings.Contains(training, StringComparer.Ordinal)))
        {
            var requests = await context.Snapshot.TicketsAsync(new TicketFilter(Type: "request", Reporter: person.Id, Item: item.Id));
            if (requests.Any(request => request.Closure is TicketClosure.Fulfilled or TicketClosure.Confirmed or TicketClosure.NotConfirmed || request.State == TicketState.Resolved))
            {
                held.Add(item);
            }
        }

        return held;
    }

    private static async ValueTask TellAsync(TurnContext context, string person, Phrase words)
    {
        if (await context.ReachAsync(person) is { } place)
        {
            context.Decision.Say(place, Card.Of(words), await context.PersonAsync(person));
        }
    }

    /// <summary>The moment at which the last day is over, by the desk's clock.</summary>
    private static DateTimeOffset AfterLast(DateOnly last, DeskContent desk)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(desk.Policies.Digest.Zone);
        var midnight = last.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
