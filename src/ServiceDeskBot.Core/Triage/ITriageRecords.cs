using ServiceDeskBot.Core.Triage.Corrections;

namespace ServiceDeskBot.Core.Triage;

/// <summary>What is stored about the model's work: its predictions, and what people put right.</summary>
public interface ITriageRecords
{
    /// <summary>What the desk acted on for this query; <c>null</c> where no model was asked.</summary>
    /// <param name="query">A record that came from a query has its query's.</param>
    ValueTask<StoredPrediction?> PredictionAsync(string query);

    /// <summary>Those made from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), shadow ones too, in order of time.</summary>
    ValueTask<IReadOnlyList<StoredPrediction>> PredictionsAsync(DateTimeOffset from, DateTimeOffset to);

    /// <summary>In order of time, with their words as they are now.</summary>
    ValueTask<IReadOnlyList<Candidate>> CandidatesAsync(ReviewState state);
}
