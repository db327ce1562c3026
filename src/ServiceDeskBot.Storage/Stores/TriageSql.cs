using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Triage.Corrections;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>What the models said, and what people put right.</summary>
internal static class TriageSql
{
    public static readonly Statement PutPrediction = new(
        """
        INSERT INTO predictions (tenant_id, at, id, ticket, shadow, model, language, labels)
        VALUES (@tenant, @at, @id, @ticket, @shadow, @model, @language, @labels)
        ON CONFLICT DO NOTHING
        """);

    public static readonly Statement PredictionOf = new(
        """
        SELECT id, ticket, model, shadow, language, at, labels FROM predictions
        WHERE tenant_id = @tenant AND ticket = @ticket AND shadow = 0
        """);

    public static readonly Statement Predictions = new(
        """
        SELECT id, ticket, model, shadow, language, at, labels FROM predictions
        WHERE tenant_id = @tenant AND at >= @from_moment AND at < @to_moment ORDER BY at, id
        """);

    public static readonly Statement PutCandidate = new(
        """
        INSERT INTO corrections (tenant_id, id, ticket, words, predicted, corrected, corrected_by, at, state, reviewer, reviewed_at)
        VALUES (@tenant, @id, @ticket, @words, @predicted, @corrected, @corrected_by, @at, @state, @reviewer, @reviewed_at)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            predicted = excluded.predicted, corrected = excluded.corrected, at = excluded.at,
            state = excluded.state, reviewer = excluded.reviewer, reviewed_at = excluded.reviewed_at
        WHERE corrections.state = 'Waiting'
        """);

    public static readonly Statement Candidates = new(
        """
        SELECT c.id, c.ticket, c.words, c.predicted, c.corrected, c.corrected_by, c.at, c.state, c.reviewer, c.reviewed_at,
            (SELECT t.text FROM texts t WHERE t.tenant_id = c.tenant_id AND t.id = c.words)
        FROM corrections c
        WHERE c.tenant_id = @tenant AND c.state = @state ORDER BY c.at, c.id
        """);

    public static Step Put(StoredPrediction prediction) => PutPrediction.With(
        Stored.Moment(prediction.At), prediction.Id, prediction.Ticket, prediction.Shadow ? 1 : 0, prediction.Model, prediction.Language, Stored.Json(prediction.Labels));

    public static Step Put(Candidate candidate) => PutCandidate.MustChange(
        candidate.Id,
        candidate.Ticket,
        candidate.Words,
        Stored.Json(candidate.Predicted),
        Stored.Json(candidate.Corrected),
        candidate.By,
        Stored.Moment(candidate.At),
        candidate.State.ToString(),
        candidate.Reviewer,
        Stored.Moment(candidate.ReviewedAt));

    public static StoredPrediction Prediction(IRow row) => new(
        row.GetString(0), row.TextOrNull(1), row.GetString(2), row.GetInt64(3) != 0, row.GetString(4), row.Moment(5), row.Json<PredictedLabels>(6));

    public static Candidate Candidate(IRow row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.Json<Dictionary<string, string>>(3),
        row.Json<Dictionary<string, string>>(4),
        row.GetString(5),
        row.Moment(6))
    {
        State = Enum.Parse<ReviewState>(row.GetString(7)),
        Reviewer = row.TextOrNull(8),
        ReviewedAt = row.MomentOrNull(9),
        Text = row.TextOrNull(10) ?? "",
    };
}
