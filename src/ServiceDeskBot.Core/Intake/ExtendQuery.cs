using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>More words to a query that is not logged yet: it is read anew as a whole, and its card follows.</summary>
public sealed record ExtendQuery(string Words, string? Post, IReadOnlyList<Attachment> Attachments) : TicketAction
{
    /// <summary>First lines shorter than this make one line together: people often type a sentence in pieces.</summary>
    private const int Piece = 60;

    /// <summary>Some twenty messages: whoever says more has told it, and it is logged. Each is read with all before it.</summary>
    private const int MostEvents = 60;

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        await new AddMessage(Words, Post, Attachments).DecideAsync(turn, ticket);
        if (ticket.Version > MostEvents)
        {
            turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.Unconfirmed, turn.Now));
            return;
        }

        await ReadAnewAsync(turn, ticket, [.. await WordsAsync(turn, ticket), Words]);
        turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.Unconfirmed, turn.Now + Patience(turn, turn.Decision.Current(ticket))));
    }

    /// <summary>What the person has said about it so far, in order.</summary>
    public static async ValueTask<IReadOnlyList<string>> WordsAsync(TurnContext turn, Ticket ticket) =>
        [.. SaidBy(ticket.Reporter, await turn.Snapshot.TextsAsync(ticket.Id))];

    /// <summary>The words of the person among all words of a ticket, in order.</summary>
    public static IEnumerable<string> SaidBy(string person, IEnumerable<TicketText> texts) =>
        texts.Where(text => text.Kind is "description" or "message" && text.Author == person && text.Text.Length > 0).Select(text => text.Text);

    /// <summary>Understands the query anew from these words. What the person corrected by hand stays as they said.</summary>
    public static async ValueTask ReadAnewAsync(TurnContext turn, Ticket query, IReadOnlyList<string> words)
    {
        // A paragraph may be a matter of its own, a line is not.
        var whole = words.Aggregate((before, next) => $"{before}{(turn.Reading.StandsAlone(next) ? "\n\n" : "\n")}{next}");
        turn.Decision.Summarise(turn.Decision.Current(query), SummaryOf(words, turn));
        if ((await turn.Snapshot.EventsAsync(query.Id)).Any(happened => happened is Classified && happened.By == query.Reporter))
        {
            return;
        }

        // One question at most: what is still open after more words is for people.
        var understood = await SameAgain.AskedAsync(turn, turn.Reading.Read(whole, turn.Desk, turn.Now, turn.Zone, turn.Offer.MayOrder), query.Affected, whole);
        var read = understood.ToEvent(turn.Now);
        var again = query.Asks is { About: not (SeveralMatters.About or SameAgain.About) } && read.Asks is not null;
        var kept = query.Evidence.Where(code => code is RegisterQuery.MaskedCode or RegisterQuery.HealthCode or OnBehalf.Code);
        turn.Decision.Apply(turn.Decision.Current(query), read with { Asks = again ? null : read.Asks, Evidence = [.. read.Evidence.Concat(kept).Concat(again ? [Understanding.UnsureCode] : []).Distinct(StringComparer.Ordinal)] });
        RegisterQuery.KeepParts(turn, query.Id, understood);
        if (read.Asks is null || again)
        {
            turn.End(ClarifyQuery.Dialog);
        }
        else
        {
            turn.Begin(DialogFrame.Of(ClarifyQuery.Dialog, 1, new ClarifyState(query.Id), turn.Now));
        }
    }

    /// <summary>What a query is called, by everything that was said to it: "it doesn't work" is no name once there is a better one.</summary>
    public static string SummaryOf(IReadOnlyList<string> words, TurnContext turn)
    {
        var telling = words.SkipWhile(piece => !turn.Reading.IsTelling(piece, turn.Desk)).ToList();
        var summary = Summaries.Of(Forwarded.WhatMatters(Whole(telling.Count > 0 ? telling : words)));
        return telling.Count > 0 && telling.Count < words.Count ? summary.TrimEnd(Summaries.More) + Summaries.More : summary;
    }

    /// <summary>Pieces as one text.</summary>
    public static string Whole(IReadOnlyList<string> words) => words.All(piece => piece.Length < Piece) ? string.Join(' ', words) : string.Join('\n', words);

    private static TimeSpan Patience(TurnContext turn, Ticket query) =>
        query.Priority <= 2 || query.Restricted ? turn.Desk.Policies.Intake.UnconfirmedUrgent : turn.Desk.Policies.Intake.Unconfirmed;
}
