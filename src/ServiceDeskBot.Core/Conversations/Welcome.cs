using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.People;

namespace ServiceDeskBot.Core.Conversations;

/// <summary>The introduction at first contact, and help: what the desk does for this person's role, with examples and the way to people.</summary>
public static class Welcome
{
    /// <summary>Enough to get the idea.</summary>
    private const int Named = 3;

    /// <param name="first">True at first contact: says besides that it is automated and what it keeps.</param>
    /// <param name="offer">What the person may have; told at first contact.</param>
    public static Card For(Person person, bool first, Offer? offer = null)
    {
        var parts = new List<CardPart> { new TextPart(Phrase.Key(first ? "welcome.hello" : "welcome.help", ("person", person.Name.Split(' ')[0])), TextStyle.Heading) };
        if (first)
        {
            parts.Add(new TextPart(Phrase.Key("welcome.what")));
        }

        parts.Add(new TextPart(Phrase.Key("welcome.examples")));
        var orderable = first && offer is not null ? offer.Items.Where(offer.MayOrder).Select(item => (Phrase)item.Name).ToList() : [];
        if (orderable.Count > 0)
        {
            parts.Add(new TextPart(Phrase.Key("welcome.entitled", ("items", new Listing([.. orderable.Take(Named)])), ("n", orderable.Count))));
        }

        if (person.Is("agent"))
        {
            parts.Add(new TextPart(Phrase.Key("welcome.agent")));
        }

        if (person.Is("manager"))
        {
            parts.Add(new TextPart(Phrase.Key("welcome.manager")));
        }

        if (person.Is("operator"))
        {
            parts.Add(new TextPart(Phrase.Key("welcome.operator")));
        }

        return new Card(parts, [new Button(Phrase.Key("button.person"), "person", new Dictionary<string, string>(StringComparer.Ordinal))]);
    }
}
