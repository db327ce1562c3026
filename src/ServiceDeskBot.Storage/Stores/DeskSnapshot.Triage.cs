using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Triage.Corrections;

namespace ServiceDeskBot.Storage.Stores;

internal partial class DeskSnapshot
{
    public ValueTask<StoredPrediction?> PredictionAsync(string query) => Open.FirstAsync(TriageSql.PredictionOf, TriageSql.Prediction, query);

    public ValueTask<IReadOnlyList<StoredPrediction>> PredictionsAsync(DateTimeOffset from, DateTimeOffset to) =>
        Open.ListAsync(TriageSql.Predictions, TriageSql.Prediction, Stored.Moment(from), Stored.Moment(to));

    public ValueTask<IReadOnlyList<Candidate>> CandidatesAsync(ReviewState state) =>
        Open.ListAsync(TriageSql.Candidates, TriageSql.Candidate, state.ToString());
}
