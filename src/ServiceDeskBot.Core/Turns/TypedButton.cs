using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// Whoever cannot or does not want to press a button types what stands on it, in any of the desk's languages. Known are the
/// buttons of what the desk said here last, and those of the person's own open tickets.
/// </summary>
internal static partial class TypedButton
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

        // Where several cards have the same button, the ticket's number says which is meant.
        var (title, of) = Numbered().Match(said) is { Success: true } match ? (match.Groups["title"].Value, match.Groups["ticket"].Value) : (said, null);
        var own = context.Conversation.Buttons.FirstOrDefault(Fits) ?? (IsTitle(said, brain.Book) ? (await OfOwnCardsAsync(context)).FirstOrDefault(Fits) : null);
        return own ?? (of is null ? null : context.Conversation.Buttons.FirstOrDefault(FitsNumbered) ?? (IsTitle(title, brain.Book) ? (await OfOwnCardsAsync(context)).FirstOrDefault(FitsNumbered) : null));

        bool FitsNumbered(Button button) => string.Equals(button.Data.GetValueOrDefault("ticket"), of, StringComparison.OrdinalIgnoreCase) && Is(button, title);

        bool Fits(Button button) => Is(button, said);

        bool Is(Button button, string words) => Languages.Any(language => Plain(brain.Book.Say(button.Title, new Reader(language, context.Zone))) == words);
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
        [.. book.Texts.Where(text => text.Key.StartsWith("button.", StringComparison.Ordinal)).SelectMany(text => text.Value.Values).Select(AroundHole).Distinct()])
        .Any(title => title.After is null ? said == title.Before : said.Length > title.Before.Length + title.After.Length && said.StartsWith(title.Before, StringComparison.Ordinal) && said.EndsWith(title.After, StringComparison.Ordinal));

    /// <summary>What stands before and after the hole of a title; <c>null</c> after one without.</summary>
    private static (string Before, string? After) AroundHole(string title)
    {
        var (from, to) = (title.IndexOf('{', StringComparison.Ordinal), title.LastIndexOf('}'));
        return from >= 0 && to > from
            ? (title[..from].ToLowerInvariant(), title[(to + 1)..].ToLowerInvariant())
            : (Plain(title), null);
    }

    private static readonly ConditionalWeakTable<Phrasebook, List<(string Before, string? After)>> Titles = [];

    private static IEnumerable<Button> ButtonsOf(Card card) => card.Parts.OfType<ButtonsPart>().SelectMany(part => part.Buttons).Concat(card.Buttons);

    [GeneratedRegex(@"^(?<title>.+?)[\s:]+(?<ticket>(qry|inc|req|cmp|idea)-[0-9]{1,12})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Numbered();

    private static string Plain(string text) => text.Trim().TrimEnd('.', '!', '?').Replace('’', '\'').ToLowerInvariant();
}
