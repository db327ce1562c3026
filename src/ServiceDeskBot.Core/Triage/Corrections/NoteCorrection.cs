using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Corrections;

/// <summary>
/// Makes a candidate out of what somebody just corrected, where it differs from what the model said. Nothing is learned
/// from it before somebody else has accepted it.
/// </summary>
internal static class NoteCorrection
{
    /// <summary>What a record can be called that is also something a message can be.</summary>
    private static readonly string[] Types = ["incident", "request", "question", "complaint", "idea"];

    public static async ValueTask OnAsync(TurnContext turn, Ticket before, Ticket after)
    {
        if (Difference(before, after) is not { Count: > 0 } changed
            || (await turn.Snapshot.TextsAsync(before.Id)).FirstOrDefault(text => text.Kind == "description") is not { Text.Length: > 0 } words)
        {
            return;
        }

        var said = await turn.Snapshot.PredictionAsync(before.QueryId);
        var waiting = (await turn.Snapshot.CandidatesAsync(ReviewState.Waiting)).FirstOrDefault(one => one.Ticket == before.Id && one.By == turn.Actor.Id);
        var corrected = Merged(waiting?.Corrected, changed, said);
        if (corrected.Count == 0)
        {
            return;
        }

        var predicted = corrected.Keys
            .Select(head => (head, label: head == Candidate.Team ? before.Team : said?.Labels.Of(head)?.Label))
            .Where(pair => pair.label is not null)
            .ToDictionary(pair => pair.head, pair => pair.label!, StringComparer.Ordinal);
        turn.Decision.Add(new PutCandidate(new Candidate(
            waiting?.Id ?? Guid.CreateVersion7(turn.Now).ToString("N"),
            before.Id,
            words.Id,
            predicted,
            corrected,
            turn.Actor.Id,
            turn.Now)));
    }

    private static Dictionary<string, string> Difference(Ticket before, Ticket after)
    {
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        void Note(string head, string? was, string? now)
        {
            if (now is not null && now != was)
            {
                changed[head] = now;
            }
        }

        Note("type", before.MessageType, Types.Contains(after.MessageType) ? after.MessageType : before.MessageType);
        Note("category", before.Category, after.Category);
        Note("impact", before.Impact, after.Impact);
        Note("urgency", before.Urgency, after.Urgency);
        if (!changed.ContainsKey("category"))
        {
            Note(Candidate.Team, before.Team, after.Team);
        }

        return changed;
    }

    /// <summary>One person's corrections of one ticket are one candidate; going back to what the model said takes the correction back.</summary>
    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string>? earlier, Dictionary<string, string> changed, StoredPrediction? said)
    {
        var merged = new Dictionary<string, string>(earlier ?? changed, StringComparer.Ordinal);
        foreach (var (head, label) in changed)
        {
            merged[head] = label;
        }

        if (changed.ContainsKey("category"))
        {
            merged.Remove(Candidate.Team);
        }

        foreach (var (head, label) in merged.ToList())
        {
            if (said?.Labels.Of(head) is { Abstained: false } guess && guess.Label == label)
            {
                merged.Remove(head);
            }
        }

        return merged;
    }
}
