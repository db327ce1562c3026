using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>
/// Somebody reports what they have an open incident about already: they are asked whether it is the same before a second one is made.
/// Never at priority 1 and never on sensitive ground: there nothing waits for an answer.
/// </summary>
public static class SameAgain
{
    /// <summary>The question; its one candidate is the open ticket.</summary>
    public const string About = "again";

    /// <summary>How the open ticket is linked to the query that was added to it.</summary>
    public const string HasDuplicate = "has-duplicate";

    /// <summary>Letters of a word that tells two matters apart by itself; a shorter one does if the service is called by it.</summary>
    private const int TellingWord = 5;

    /// <summary>What was understood, with the question where it sounds like an open ticket of theirs.</summary>
    internal static async ValueTask<Understanding> AskedAsync(TurnContext turn, Understanding understood, string affected, string words)
    {
        if (understood is not { Type: "incident", Priority: >= 2, Restricted: false, Asks: null, Parts.Count: 0 } || understood.Evidence.Contains(Understanding.UnsureCode))
        {
            return understood;
        }

        foreach (var open in await turn.Snapshot.OpenTicketsOfAsync(turn.Actor.Id))
        {
            if (open is { Type: "incident", Restricted: false } && open.Affected == affected && await SoundsLikeAsync(turn, open, understood, words) && await MayBeNamedHereAsync(turn, open))
            {
                return understood with { Asks = new Clarification(About, [open.Id]) };
            }
        }

        return understood;
    }

    /// <summary>Yes: the words reach the open ticket, which is opened again where it was thought to be fixed, and the query is done.</summary>
    internal static async ValueTask AttachAsync(TurnContext turn, Ticket query, string to)
    {
        turn.End(ClarifyQuery.Dialog);
        turn.End(RegisterQuery.Dialog);
        if (await turn.TicketAsync(to) is not { IsOpen: true } ticket)
        {
            // Closed in the meantime: what was said is a matter of its own.
            turn.Decision.Apply(query, Classified.As(query, turn.Now, turn.Actor.Id));
            return;
        }

        var said = (await turn.Snapshot.TextsAsync(query.Id)).Where(text => text.Author == query.Reporter && text.Text.Length > 0).ToList();
        if (ticket.State == TicketState.Resolved)
        {
            await new StillBroken().DecideAsync(turn, ticket);
        }

        var files = said.Where(text => text.Kind == "attachment").Select(FileOf).ToList();
        foreach (var text in said.Where(text => text.Kind is "description" or "message"))
        {
            await new AddMessage(text.Text, text.Post, files).DecideAsync(turn, turn.Decision.Current(ticket));
            files = [];
        }

        turn.Decision.Apply(query, new Merged(ticket.Id) { At = turn.Now, By = turn.Actor.Id });
        turn.Decision.Apply(turn.Decision.Current(ticket), new Linked(HasDuplicate, query.Id) { At = turn.Now, By = turn.Actor.Id });
        turn.Focus(ticket.Id);
    }

    /// <summary>The same service, or where none was named the same kind of thing; and a word in common that says what it is about.</summary>
    private static async ValueTask<bool> SoundsLikeAsync(TurnContext turn, Ticket open, Understanding understood, string words)
    {
        var alike = open.Service is not null && understood.Service is not null
            ? open.Service == understood.Service.Id
            : understood.Category is not (null or "other") && open.Category == understood.Category;
        if (!alike)
        {
            return false;
        }

        var names = WordsOf(string.Join(' ', understood.Service?.Terms ?? []));
        return WordsOf(words).Intersect(WordsOf(await turn.Snapshot.SummaryAsync(open.Id))).Any(word => word.Length >= TellingWord || names.Contains(word));
    }

    /// <summary>Where others read along, only a ticket that they have seen there may be named.</summary>
    private static async ValueTask<bool> MayBeNamedHereAsync(TurnContext turn, Ticket open) =>
        turn.Place.Kind == PlaceKind.Personal
        || (await turn.Snapshot.MirrorsAsync(open.Id)).Any(mirror => mirror.Kind == MirrorKind.Requester && mirror.At.Channel == turn.Place.Channel && mirror.At.Conversation == turn.Place.Conversation);

    /// <summary>A file as it was kept: its name, and where it lies.</summary>
    private static Attachment FileOf(TicketText kept) => kept.Text.LastIndexOf(' ') is > 0 and var at && Uri.IsWellFormedUriString(kept.Text[(at + 1)..], UriKind.Absolute)
        ? new Attachment(kept.Text[..at], "", kept.Text[(at + 1)..], null)
        : new Attachment(kept.Text, "", null, null);

    private static HashSet<string> WordsOf(string text) =>
        [.. text.ToLowerInvariant().Split([.. " \n\r\t.,;:!?\"'()-/"], StringSplitOptions.RemoveEmptyEntries)];
}
