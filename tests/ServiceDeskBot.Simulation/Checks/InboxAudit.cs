using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>A delivery is taken in once, decided once, in its turn, and always answered alike.</summary>
/// <param name="oneHost">False where several hosts decide: then nothing but a database that knows of replicas keeps the order of a conversation.</param>
internal sealed class InboxAudit(bool oneHost, Audit audit)
{
    private readonly Dictionary<string, Taken> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Taken> _rows = [];
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _openedBy = new(StringComparer.Ordinal);

    public int Turns => _taken.Count;

    public IEnumerable<string> Undecided => _taken.Values.Where(taken => !taken.IsDone).Select(taken => taken.Turn.Key);

    public void Accepted(Turn turn, Accepted accepted)
    {
        if (!_taken.TryGetValue(turn.Key, out var taken))
        {
            audit.Must(accepted.IsNew, "one row per delivery", $"{turn.Key} is said to be known");
            _taken[turn.Key] = taken = new Taken(turn);
        }
        else
        {
            audit.Must(!accepted.IsNew && (taken.Seq ?? accepted.Seq) == accepted.Seq, "one row per delivery", $"{turn.Key} was row {taken.Seq} and is {accepted.Seq} now");
        }

        taken.Seq = accepted.Seq;
        _rows[accepted.Seq] = taken;
    }

    public void Committed(UnitOfWork unit)
    {
        foreach (var taken in unit.Writes.OfType<TakeTurn>())
        {
            audit.Must(_taken.TryAdd(taken.Turn.Key, new Taken(taken.Turn) { IsDone = true }), "a delivery is decided once", $"{taken.Turn.Key} was known when it was decided at once");
        }

        foreach (var done in unit.Writes.OfType<MarkTurnDone>())
        {
            if (!_rows.TryGetValue(done.Seq, out var row))
            {
                audit.Fail("only what was taken in is decided", $"turn {done.Seq}");
                continue;
            }

            audit.Must(!row.IsDone, "a delivery is decided once", $"turn {done.Seq} ({row.Turn.Key}) was decided before");
            row.IsDone = true;
            var skipped = oneHost ? _rows.FirstOrDefault(other => other.Key < done.Seq && !other.Value.IsDone && other.Value.Turn.Place.Key == row.Turn.Place.Key).Key : 0;
            audit.Must(skipped == 0, "a conversation keeps its order", $"turn {done.Seq} was decided before turn {skipped} of {row.Turn.Place.Key}");
        }

        foreach (var put in unit.Writes.OfType<PutText>().Where(put => put.Text is { Kind: "description", Post: not null } && put.Text.Ticket.StartsWith("QRY", StringComparison.Ordinal)))
        {
            // One that held several matters opens a query for each, when it is done itself.
            var isPart = _openedBy.TryGetValue(put.Text.Post!, out var opened) && unit.Writes.OfType<PutTicket>().Any(ticket => ticket.Ticket.Id == opened && ticket.Ticket.Closure == TicketClosure.Converted);
            audit.Must(isPart || _openedBy.TryAdd(put.Text.Post!, put.Text.Ticket), "a message opens one query", $"{put.Text.Post} opened {_openedBy[put.Text.Post!]} and {put.Text.Ticket}");
        }
    }

    /// <summary>The platform was given this answer to the delivery.</summary>
    public void Answered(string key, Answer answer)
    {
        var text = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
        audit.Must(_taken.TryGetValue(key, out var taken) && taken.IsDone, "what is answered is stored", key);
        audit.Must(_answers.TryAdd(key, text) || _answers[key] == text, "a second delivery gets the same answer", $"{key}: {_answers[key]} and then {text}");
    }

    private sealed record Taken(Turn Turn)
    {
        /// <summary>Of its row; <c>null</c> for one that was decided at once, until it is asked for again.</summary>
        public long? Seq { get; set; }

        public bool IsDone { get; set; }
    }
}
