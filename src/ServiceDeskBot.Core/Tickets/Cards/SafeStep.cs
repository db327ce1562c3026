using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>On sensitive ground: thanks, the first safe step, and who sees it. Never a word about whose fault it is.</summary>
internal static class SafeStep
{
    /// <summary>What replaces a lost thing, where the person may order it; <c>null</c> for any other matter.</summary>
    public static async ValueTask<CatalogueItem?> ReplacementAsync(Ticket ticket, TicketView view)
    {
        if (!ticket.IsOpen || !ticket.Evidence.Contains(SecuritySigns.Lost) || await view.Snapshot.PersonAsync(ticket.Affected) is not { } person)
        {
            return null;
        }

        var offer = new Offer(view.Desk, person, view.Desk.DayOf(view.Now));
        return view.Desk.Catalogue.FirstOrDefault(item => item.Replaces.Any(word => WholeWords.AllIn(view.Summary, word)) && offer.MayOrder(item));
    }

    public static IEnumerable<CardPart> PartsFor(Ticket ticket, DeskContent desk)
    {
        if (ticket is { IsOpen: true } && SecuritySigns.Kinds.FirstOrDefault(ticket.Evidence.Contains) is { } kind)
        {
            yield return new TextPart(Phrase.Key($"safe.{kind}"));
        }

        if (ticket is { IsOpen: true, Restricted: true })
        {
            yield return new TextPart(ticket.Category == "security" ? Phrase.Key("safe.closed-circle") : Phrase.Key("safe.closed-team", ("team", desk.Team(ticket.Team)?.Name ?? "")), TextStyle.Subtle);
        }
    }
}
