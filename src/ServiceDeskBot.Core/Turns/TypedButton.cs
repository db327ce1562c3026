using System.Runtime.CompilerServices;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// Whoever cannot or does not want to press a button types what stands on it, in any of the desk's languages. Known are the
/// buttons of what the desk said here last, and those of the person's own open tickets.
/// </summary>
internal static class TypedButton
{
    private static readonly string[] Languages = ["en", "de"];

    /// <summary>More is never in front of anybody at once.</summary>
    private const int Most = 12;

    /// <summary>The button whose title these words are; <c>null</c> when they are none's.</summary>
    public static async ValueTask<Button?> InAsync(string text, TurnContext context, DeskBrain brain)
    {
        var said = Plain(text);
        if (said.Length is 0 or > 100)
        {
            return null;
        }

        bool Fits(Button button) => Languages.Any(language => Plain(brain.Book.Say(button.Title, new Reader(language, context.Zone))) == said);
        return context.Conversation.Buttons.FirstOrDefault(Fits) ?? (IsTitle(said, brain.Book) ? (await OfOwnCardsAsync(context)).FirstOrDefault(Fits) : null);
    }

    /// <summary>Remembers the buttons that this turn leaves in front of the actor.</summary>
    public static void Remember(TurnContext context)
    {
        var said = context.Decision.SaidAt(context.Place).Append(context.Decision.Answer switch
        {
            Tell tell => tell.Card,
            ShowCard show => show.Card,
            _ => null,
        }).OfType<Card>().SelectMany(ButtonsOf).ToList();
        if (said.Count > 0)
        {
            context.Conversation = context.Conversation with { Buttons = [.. said.TakeLast(Most)] };
        }
    }

    /// <summary>The cards of their tickets, the one in focus first, then the newest.</summary>
    private static async ValueTask<List<Button>> OfOwnCardsAsync(TurnContext context)
    {
        var buttons = new List<Button>();
        var own = await context.Snapshot.OpenTicketsOfAsync(context.Actor.Id);
        foreach (var ticket in own.OrderByDescending(ticket => ticket.Id == context.Conversation.Focus))
        {
            var view = new TicketView(context.Desk, context.Now, context.Snapshot, await context.Snapshot.SummaryAsync(ticket.Id));
            buttons.AddRange(ButtonsOf(await RequesterCard.ForAsync(ticket, view)));
            if (ticket.State == TicketState.Resolved)
            {
                buttons.AddRange(ButtonsOf(await VerificationCard.ForAsync(ticket, view, MirrorKind.VerificationOf(ticket))));
            }
        }

        return buttons;
    }

    /// <summary>Cheap to ask of every message: only what stands on some button is worth a look at the person's cards.</summary>
    private static bool IsTitle(string said, Phrasebook book) => Titles.GetValue(book, static book =>
        [.. book.Texts.Where(text => text.Key.StartsWith("button.", StringComparison.Ordinal)).SelectMany(text => text.Value.Values).Select(title => Plain(title.Split('{')[0])).Distinct(StringComparer.Ordinal)])
        .Any(title => said == title || (title.EndsWith(':') && said.StartsWith(title, StringComparison.Ordinal)));

    private static readonly ConditionalWeakTable<Phrasebook, List<string>> Titles = [];

    private static IEnumerable<Button> ButtonsOf(Card card) => card.Parts.OfType<ButtonsPart>().SelectMany(part => part.Buttons).Concat(card.Buttons);

    private static string Plain(string text) => text.Trim().TrimEnd('.', '!', '?').Replace('’', '\'').ToLowerInvariant();
}
