using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The person changed or took back a message that had reached the ticket.</summary>
/// <param name="Words">The new words; empty when it was taken back.</param>
public sealed record ChangeMessage(string Post, string Words) : TicketAction
{
    /// <summary>Stands for words that are no longer there.</summary>
    private const string TakenBack = "…";

    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (await turn.Snapshot.TextOfPostAsync(ticket.Id, Post) is not { } text || text.Author != turn.Actor.Id || text.Text == Words)
        {
            return;
        }

        var deleted = Words.Length == 0;
        turn.Decision.Add(new ChangeText(text.Id, Words));
        turn.Decision.Apply(ticket, new UserMessaged(deleted ? "deleted" : "edited") { At = turn.Now, By = turn.Actor.Id, Text = text.Id });
        if (ticket.Type == "query")
        {
            await AnewAsync(turn, ticket, text);
            return;
        }

        await ChangeQueryAsync(turn, ticket);
        if (text.Kind == "description" && ticket.QueryId == ticket.Id && await turn.Snapshot.SummaryAsync(ticket.Id) != turn.Desk.Item(ticket.Item)?.Name)
        {
            // The query itself became the record: what it is called is made of these words.
            var left = await LeftAsync(turn, ticket, text);
            turn.Decision.Summarise(ticket, left.Count == 0 ? TakenBack : ExtendQuery.SummaryOf(left, turn));
        }

        await turn.TellTeamAsync(
            ticket,
            deleted
                ? Card.Of(Phrase.Key("message.deleted", ("person", turn.Actor.Name)))
                : new Card([new TextPart(Phrase.Key("message.edited", ("person", turn.Actor.Name)), TextStyle.Subtle), new TextPart(Words, TextStyle.Quote)], []),
            ticket.Owner);
    }

    /// <summary>
    /// What was said before the record was logged lies with its query too, and the summary of both is made of it; what was added to it as
    /// the same matter again lies with that query. None may keep words that are no longer there. Later messages are in no summary. An
    /// order is called after its item, whatever was said.
    /// </summary>
    private async ValueTask ChangeQueryAsync(TurnContext turn, Ticket record)
    {
        foreach (var (rel, id) in record.Links.Where(link => link.Rel is "from" or SameAgain.HasDuplicate))
        {
            if (await turn.TicketAsync(id) is not { Type: "query" } query || await turn.Snapshot.TextOfPostAsync(id, Post) is not { } original)
            {
                continue;
            }

            var summary = await ChangeWordsAsync(turn, query, original);
            if (rel == "from" && await turn.Snapshot.SummaryAsync(record.Id) != turn.Desk.Item(record.Item)?.Name)
            {
                turn.Decision.Summarise(record, summary);
            }
        }
    }

    /// <summary>Puts the words in place of the old ones in a query that is done.</summary>
    /// <returns>What it is called now.</returns>
    private async ValueTask<string> ChangeWordsAsync(TurnContext turn, Ticket query, TicketText original)
    {
        var left = await LeftAsync(turn, query, original);
        var summary = left.Count == 0 ? TakenBack : ExtendQuery.SummaryOf(left, turn);
        turn.Decision.Add(new ChangeText(original.Id, Words));
        turn.Decision.Apply(query, new UserMessaged(Words.Length == 0 ? "deleted" : "edited") { At = turn.Now, By = turn.Actor.Id, Text = original.Id });
        turn.Decision.Summarise(query, summary);
        return summary;
    }

    /// <summary>
    /// The message held several matters: each gets what concerns it now, one that is not mentioned any more counts as taken back, and what
    /// is new is a query of its own.
    /// </summary>
    /// <param name="whole">The query that became several.</param>
    internal async ValueTask PartsAsync(TurnContext turn, Ticket whole)
    {
        if (await turn.Snapshot.TextOfPostAsync(whole.Id, Post) is not { } original || original.Author != turn.Actor.Id || original.Text == Words)
        {
            return;
        }

        var left = await LeftAsync(turn, whole, original);
        await ChangeWordsAsync(turn, whole, original);
        foreach (var part in (await turn.Snapshot.TextsAsync(whole.Id)).Where(text => text.Kind == SplitQuery.PartKind))
        {
            turn.Decision.Add(new ChangeText(part.Id, ""));
        }

        var pieces = SplitQuery.PiecesOf(turn, left);
        foreach (var id in whole.Links.Where(link => link.Rel == "became").Select(link => link.Id))
        {
            if (await turn.TicketAsync(id) is not { } part)
            {
                continue;
            }

            var latest = part.Links.LastOrDefault(link => link.Rel == "became") is { } became ? await turn.TicketAsync(became.Id) ?? part : part;
            var meant = pieces.Find(piece => piece.Category == latest.Category);
            pieces.Remove(meant);
            await new ChangeMessage(Post, meant.Words ?? "").DecideAsync(turn, latest);
        }

        foreach (var (words, _) in pieces)
        {
            await new RegisterQuery(words, null, []) { Whole = true }.DecideAsync(turn);
        }
    }

    /// <summary>What the person has said to a query, with the changed words in place of the old ones.</summary>
    private async ValueTask<List<string>> LeftAsync(TurnContext turn, Ticket query, TicketText changed) =>
        [.. (await turn.Snapshot.TextsAsync(query.Id))
            .Where(text => text.Kind is "description" or "message" && text.Author == query.Reporter)
            .Select(text => text.Id == changed.Id ? Words : text.Text)
            .Where(words => words.Length > 0)];

    /// <summary>Nothing is logged yet: the query is read anew, or dropped when no words are left.</summary>
    private async ValueTask AnewAsync(TurnContext turn, Ticket query, TicketText changed)
    {
        var left = await LeftAsync(turn, query, changed);
        if (left.Count > 0)
        {
            await ExtendQuery.ReadAnewAsync(turn, query, left);
            return;
        }

        turn.Decision.Summarise(query, TakenBack);
        turn.Decision.Apply(turn.Decision.Current(query), new CancelledByPerson { At = turn.Now, By = turn.Actor.Id });
        turn.End(RegisterQuery.Dialog);
        turn.End(ClarifyQuery.Dialog);
    }
}
