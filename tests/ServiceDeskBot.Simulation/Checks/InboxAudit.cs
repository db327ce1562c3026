using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>A delivery is taken in once, decided once, in its turn, and always answered alike.</summary>
/// <param name="oneHost">False where several hosts decide: then nothing but a database that knows of replicas keeps the order of a conversation.</param>
internal sealed class InboxAudit(bool oneHost, Audit audit)
{
    private readonly Dictionary<string, long> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Taken> _taken = [];
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _openedBy = new(StringComparer.Ordinal);

    public int Turns => _taken.Count;

    public IEnumerable<long> Undecided => _taken.Where(row => !row.Value.IsDone).Select(row => row.Key);

    public void Accepted(Turn turn, Accepted accepted)
    {
        if (_byKey.TryGetValue(turn.Key, out var seq))
        {
            audit.Must(seq == accepted.Seq && !accepted.IsNew, "one row per delivery", $"{turn.Key} was row {seq} and is {accepted.Seq} now");
        }
        else
        {
            audit.Must(accepted.IsNew, "one row per delivery", $"{turn.Key} is said to be known");
            _byKey[turn.Key] = accepted.Seq;
            _taken[accepted.Seq] = new Taken(turn);
        }
    }

    public void Committed(UnitOfWork unit)
    {
        foreach (var done in unit.Writes.OfType<MarkTurnDone>())
        {
            if (!_taken.TryGetValue(done.Seq, out var row))
            {
                audit.Fail("only what was taken in is decided", $"turn {done.Seq}");
                continue;
            }

            audit.Must(!row.IsDone, "a delivery is decided once", $"turn {done.Seq} ({row.Turn.Key}) was decided before");
            row.IsDone = true;
            var skipped = oneHost ? _taken.FirstOrDefault(other => other.Key < done.Seq && !other.Value.IsDone && other.Value.Turn.Place.Key == row.Turn.Place.Key).Key : 0;
            audit.Must(skipped == 0, "a conversation keeps its order", $"turn {done.Seq} was decided before turn {skipped} of {row.Turn.Place.Key}");
        }

        foreach (var put in unit.Writes.OfType<PutText>().Where(put => put.Text is { Kind: "description", Post: not null } && put.Text.Ticket.StartsWith("QRY", StringComparison.Ordinal)))
        {
            audit.Must(_openedBy.TryAdd(put.Text.Post!, put.Text.Ticket), "a message opens one query", $"{put.Text.Post} opened {_openedBy[put.Text.Post!]} and {put.Text.Ticket}");
        }
    }

    /// <summary>The platform was given this answer to the delivery.</summary>
    public void Answered(string key, Answer answer)
    {
        var text = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
        audit.Must(_byKey.TryGetValue(key, out var seq) && _taken[seq].IsDone, "what is answered is stored", key);
        audit.Must(_answers.TryAdd(key, text) || _answers[key] == text, "a second delivery gets the same answer", $"{key}: {_answers[key]} and then {text}");
    }

    private sealed record Taken(Turn Turn)
    {
        public bool IsDone { get; set; }
    }
}
