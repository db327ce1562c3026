using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>What a person can order, or what fits their words: each item with its price, its time and one button; what is coming, without one.</summary>
internal static class CatalogueCard
{
    private const int Most = 8;
    private const int LongestWords = 200;

    /// <param name="words">What they look for; <c>null</c> for everything.</param>
    public static async ValueTask ShowAsync(TurnContext turn, string? words)
    {
        words = words is null ? null : words.Length <= LongestWords ? words : words[..LongestWords];
        var items = words is null
            ? [.. turn.Offer.Items.OrderBy(turn.Offer.IsComing)]
            : CatalogueSearch.Find(words, turn.Offer, turn.Desk, turn.Reading.Similar, Most);
        turn.Decision.Answer = new Tell(items.Count == 0 ? Nothing(words) : await ForAsync(turn, words, items));
    }

    private static async ValueTask<Card> ForAsync(TurnContext turn, string? words, IReadOnlyList<CatalogueItem> items)
    {
        var parts = new List<CardPart> { new TextPart(words is null ? Phrase.Key("catalogue.all") : Phrase.Key("catalogue.found", ("words", words)), TextStyle.Heading) };
        foreach (var item in items.Take(Most))
        {
            parts.Add(new TextPart(Phrase.Key("catalogue.item", ("item", item.Name), ("description", item.Description))));
            parts.Add(new TextPart(await LineAsync(turn, item), TextStyle.Subtle));
            if (turn.Offer.MayOrder(item))
            {
                parts.Add(new ButtonsPart([OrderForm.Opener(item)]));
            }
            else if (turn.Offer.IsComing(item))
            {
                parts.Add(new ButtonsPart([new Button(Phrase.Key("button.tell-me", ("item", item.Name)), Announcement.Action, Data("item", item.Id))]));
            }
        }

        if (items.Count > Most)
        {
            parts.Add(new TextPart(Phrase.Key("catalogue.more", ("n", items.Count - Most)), TextStyle.Subtle));
        }

        parts.Add(new TextPart(Phrase.Key("catalogue.not-there"), TextStyle.Subtle));
        return new Card(parts, words is null ? [] : [new Button(Phrase.Key("button.wish"), "wish", Data("words", words))]);
    }

    private static async ValueTask<Phrase> LineAsync(TurnContext turn, CatalogueItem item)
    {
        if (turn.Offer.Refusal(item) is { } refusal)
        {
            return refusal;
        }

        var promise = await DeliveryPromise.OfAsync(item, turn.Desk, turn.Snapshot, turn.Now);
        return Phrase.Key("catalogue.line", ("price", item.Price.Length > 0 ? item.Price : Phrase.Key("catalogue.free")), ("span", DeliveryPromise.InWords(promise.Quoted)), ("id", item.Id));
    }

    private static Card Nothing(string? words) => words is null
        ? Card.Of(Phrase.Key("catalogue.empty"))
        : new Card([new TextPart(Phrase.Key("catalogue.nothing", ("words", words)))], [new Button(Phrase.Key("button.wish"), "wish", Data("words", words)) { Style = ButtonStyle.Primary }]);

    private static Dictionary<string, string> Data(string key, string value) => new(StringComparer.Ordinal) { [key] = value };
}
