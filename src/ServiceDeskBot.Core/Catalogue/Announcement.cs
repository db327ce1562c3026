using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>
/// Whoever wants to know hears when a coming item can be ordered, and what it means for them. The catalogue is what the desk itself
/// knows, so the desk never learns of it later than they do.
/// </summary>
internal static class Announcement
{
    public const string Action = "tell-me";

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Remembers that the person wants to hear of it.</summary>
    public static void Ask(TurnContext turn, string? id)
    {
        if (turn.Desk.Item(id) is not { } item || !turn.Offer.Shows(item))
        {
            turn.Refuse(Phrase.Key("order.unavailable"));
        }
        else if (!turn.Offer.IsComing(item))
        {
            turn.Refuse(Phrase.Key("coming.is-there", ("item", item.Name)), OrderForm.Opener(item));
        }
        else
        {
            turn.Decision.Add(new SetTimer($"{turn.Actor.Id}/{item.Id}", TimerKinds.Coming, turn.Now + Every));
            turn.Refuse(Phrase.Key("coming.noted", ("item", item.Name)));
        }
    }

    public static async ValueTask RingAsync(TurnContext context, DueTimer timer)
    {
        var parts = timer.Subject.Split('/', 2);
        context.Decision.Add(new ClearTimer(timer.Subject, timer.Kind));
        if (await context.PersonAsync(parts[0]) is not { } person || context.Desk.Item(parts[1]) is not { } item)
        {
            return;
        }

        var offer = new Offer(context.Desk, person, context.Desk.DayOf(context.Now));
        if (!offer.Shows(item))
        {
            // It is not for them any more: then it does not exist, and there is nothing to say.
            return;
        }

        if (offer.IsComing(item))
        {
            context.Decision.Add(new SetTimer(timer.Subject, timer.Kind, context.Now + Every));
        }
        else if (await context.ReachAsync(person.Id) is { } place)
        {
            context.Decision.Say(
                place,
                new Card(
                    [
                        new TextPart(Phrase.Key("coming.there", ("item", item.Name)), TextStyle.Heading),
                        new TextPart(item.News.Length > 0 ? item.News : item.Description),
                        .. offer.Refusal(item) is { } refusal ? new[] { new TextPart(refusal) } : [],
                    ],
                    offer.MayOrder(item) ? [OrderForm.Opener(item)] : []),
                person);
        }
    }
}
