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
        await turn.TellTeamAsync(
            ticket,
            deleted
                ? Card.Of(Phrase.Key("message.deleted", ("person", turn.Actor.Name)))
                : new Card([new TextPart(Phrase.Key("message.edited", ("person", turn.Actor.Name)), TextStyle.Subtle), new TextPart(Words, TextStyle.Quote)], []),
            ticket.Owner);
    }

    /// <summary>
    /// What was said before the record was logged lies with its query too, and the summary of both is made of it: neither may keep words that
    /// are no longer there. Later messages are in no summary. An order is called after its item, whatever was said.
    /// </summary>
    private async ValueTask ChangeQueryAsync(TurnContext turn, Ticket record)
    {
        if (record.Links.FirstOrDefault(link => link.Rel == "from")?.Id is not { } id
            || await turn.TicketAsync(id) is not { } query
            || await turn.Snapshot.TextOfPostAsync(id, Post) is not { } original)
        {
            return;
        }

        var left = await LeftAsync(turn, query, original);
        var summary = left.Count == 0 ? TakenBack : ExtendQuery.SummaryOf(left);
        turn.Decision.Add(new ChangeText(original.Id, Words));
        turn.Decision.Apply(query, new UserMessaged(Words.Length == 0 ? "deleted" : "edited") { At = turn.Now, By = turn.Actor.Id, Text = original.Id });
        turn.Decision.Summarise(query, summary);
        if (await turn.Snapshot.SummaryAsync(record.Id) != turn.Desk.Item(record.Item)?.Name)
        {
            turn.Decision.Summarise(record, summary);
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
        turn.Decision.Add(new ClearTimer(query.Id, TimerKinds.Unconfirmed));
        turn.End(RegisterQuery.Dialog);
        turn.End(ClarifyQuery.Dialog);
    }
}
