using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>On sensitive ground: thanks, the first safe step, and who sees it. Never a word about whose fault it is.</summary>
internal static class SafeStep
{
    public static IEnumerable<CardPart> PartsFor(Ticket ticket)
    {
        if (ticket is { IsOpen: true } && SecuritySigns.Kinds.FirstOrDefault(ticket.Evidence.Contains) is { } kind)
        {
            yield return new TextPart(Phrase.Key($"safe.{kind}"));
        }

        if (ticket is { IsOpen: true, Restricted: true })
        {
            yield return new TextPart(Phrase.Key("safe.closed-circle"), TextStyle.Subtle);
        }
    }
}
