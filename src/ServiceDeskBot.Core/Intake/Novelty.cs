using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Finds work without a known path: a fault that nobody could place, with no article for it and nothing like it solved before.</summary>
internal static class Novelty
{
    /// <param name="summary">The query's words for headings.</param>
    public static bool IsNovel(TurnContext turn, Ticket query, string summary) =>
        query.MessageType == "incident"
        && query.Prediction is { Model: not ITriageModel.Rules }
        && query.Evidence.Contains(Understanding.UnsureCode)
        && query.Offered.Count == 0
        && !turn.Reading.Similar.Nearest(summary, SimilarKind.SolvedTicket, 1).Any(near => near.Score >= turn.Desk.Policies.Intake.ArticleThreshold);
}
