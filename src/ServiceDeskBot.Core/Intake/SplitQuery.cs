using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The answer to "I see two things": log each, look at each by itself, or leave them together.</summary>
/// <param name="How"><see cref="All"/>, <see cref="EachAlone"/> or <see cref="Together"/>.</param>
public sealed record SplitQuery(string How) : TicketAction
{
    public const string All = "all";
    public const string EachAlone = "each";
    public const string Together = "one";

    /// <summary>Kind of the text rows that hold the parts.</summary>
    public const string PartKind = "part";

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Asks is not { About: SeveralMatters.About })
        {
            turn.Refuse(Phrase.Key("dialog.over"));
            return;
        }

        turn.End(ClarifyQuery.Dialog);
        var summary = await turn.Snapshot.SummaryAsync(ticket.Id);
        if (How == Together)
        {
            var whole = turn.Decision.Apply(ticket, Classified.As(ticket, turn.Now, turn.Actor.Id));
            if (turn.PressedPost is not null)
            {
                await turn.ShowAsync(whole, summary);
            }

            return;
        }

        var apart = await ApartAsync(turn, ticket, confirmed: true, loggedAtOnce: How != EachAlone);
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(apart, summary);
        }
    }

    /// <summary>Each part becomes a query of its own, and is logged at once where it needs no form.</summary>
    internal static async ValueTask<Ticket> ApartAsync(TurnContext turn, Ticket query, bool confirmed, bool loggedAtOnce)
    {
        var texts = await turn.Snapshot.TextsAsync(query.Id);
        var parts = texts.Where(text => text.Kind == PartKind && text.Text.Length > 0).ToList();
        var post = texts.FirstOrDefault(text => text.Kind == "description")?.Post;
        var by = confirmed ? turn.Actor.Id : "desk";
        turn.End(RegisterQuery.Dialog);
        var reporter = await turn.PersonAsync(query.Reporter) ?? turn.Actor;
        foreach (var part in parts)
        {
            var logged = loggedAtOnce ? await LogAsync(turn, query, reporter, part.Text, post, confirmed) : null;
            var next = logged ?? await new RegisterQuery(part.Text, null, []) { Affected = query.Affected, Whole = true, PartOf = post }.DecideAsync(turn);
            query = turn.Decision.Apply(query, new Converted(next.Id) { At = turn.Now, By = by });
        }

        var apart = turn.Decision.Apply(query, new Closed(TicketClosure.Converted) { At = turn.Now, By = by });
        await ReplaceQuestionAsync(turn, apart, reporter);
        return apart;
    }

    /// <summary>The question gives way to the numbers: its card is no other record's from here on.</summary>
    private static async ValueTask ReplaceQuestionAsync(TurnContext turn, Ticket apart, People.Person reporter)
    {
        var card = await RequesterCard.ForAsync(apart, new TicketView(turn.Desk, turn.Now, turn.Snapshot, ""));
        foreach (var mirror in (await turn.Snapshot.MirrorsAsync(apart.Id)).Where(mirror => mirror.Kind == MirrorKind.Requester && mirror.PostId != turn.PressedPost))
        {
            if (mirror.PostId is { } post)
            {
                turn.Decision.Replace(mirror.At, post, card, reporter);
            }
        }
    }

    /// <summary>The matters in what the person says now, each with its category.</summary>
    internal static List<(string Words, string? Category)> PiecesOf(TurnContext turn, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return [];
        }

        var whole = string.Join('\n', words);
        var understood = Read(whole);
        return understood.Parts.Count == 0 ? [(whole, understood.Category)] : [.. understood.Parts.Select(part => (part, Read(part).Category))];

        Understanding Read(string text) => turn.Reading.Read(text, turn.Desk, turn.Now, turn.Zone, turn.Offer.MayOrder);
    }

    /// <summary>The part as a record, with a card of its own; <c>null</c> where something is ordered, which has its own conditions and form.</summary>
    private static async ValueTask<Ticket?> LogAsync(TurnContext turn, Ticket whole, People.Person reporter, string words, string? post, bool confirmed)
    {
        var understood = turn.Reading.Read(words, turn.Desk, turn.Now, turn.ZoneOf(reporter), confirmed ? turn.Offer.MayOrder : null);
        if (understood.Item is not null)
        {
            return null;
        }

        var id = await turn.NewIdAsync("QRY");
        var description = turn.Decision.Keep(id, "description", reporter.Id, "user", words, post);
        var query = turn.Decision.Begin(
            new Registered(id, "query", reporter.Id, whole.Affected, whole.Channel) { At = turn.Now, By = reporter.Id, Opened = whole.Opened, Text = description },
            Summaries.Of(words));
        query = turn.Decision.Apply(query, await (understood.ToEvent(turn.Now) with { Asks = null, Offered = [] }).RoutedAsync(turn, reporter.Id, words));
        var record = await Conversion.BeginAsync(turn, query, Summaries.Of(words), confirmed, type: null);
        if (record.Id != id)
        {
            turn.Decision.Keep(record.Id, "description", reporter.Id, "user", words, post);
        }

        record = await Conversion.RouteAsync(turn, record);
        foreach (var mirror in (await turn.Snapshot.MirrorsAsync(whole.Id)).Where(mirror => mirror.Kind == MirrorKind.Requester))
        {
            turn.Decision.Hang(record.Id, MirrorKind.Requester, mirror.At, reporter);
        }

        return record;
    }
}
