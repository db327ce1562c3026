using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The question whether a fix works (drawn by <see cref="Cards.VerificationCard"/>).</summary>
public static class Verification
{
    /// <summary>Asks in every place where the person sees the ticket; each question is a mirror, so none keeps its buttons once it is answered anywhere.</summary>
    internal static async ValueTask AskAsync(TurnContext turn, Ticket ticket)
    {
        var reporter = await turn.PersonAsync(ticket.Reporter);
        var places = (await turn.Snapshot.MirrorsAsync(ticket.Id)).Where(mirror => mirror.Kind == MirrorKind.Requester).Select(mirror => mirror.At).DistinctBy(at => at.Key).ToList();
        if (places.Count == 0 && await turn.ReachAsync(ticket.Reporter) is { } personal)
        {
            places.Add(personal);
        }

        foreach (var place in places)
        {
            turn.Decision.Hang(ticket.Id, MirrorKind.VerificationOf(ticket), place, reporter);
        }
    }

    public static IReadOnlyList<Button> Buttons(Ticket ticket)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id };
        return
        [
            new Button(Phrase.Key("button.fixed"), "fixed", data) { Style = ButtonStyle.Primary },
            new Button(Phrase.Key("button.still-broken"), "still-broken", data),
        ];
    }

    /// <summary>The card in place of the question once it is answered.</summary>
    internal static void ReplaceQuestion(TurnContext turn, Ticket ticket, Card card)
    {
        if (turn.PressedPost is { } post)
        {
            turn.Decision.Answer = new Conversations.ShowCard(card);
            turn.Decision.Replace(turn.Place, post, card, turn.Actor, ticket.Id);
        }
        else
        {
            turn.Decision.Say(turn.Place, card, turn.Actor, ticket.Id);
        }
    }
}
