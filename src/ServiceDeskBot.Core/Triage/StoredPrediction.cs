namespace ServiceDeskBot.Core.Triage;

/// <summary>
/// What a model said about one message, kept as it was said: people's corrections change the ticket, never this row. It
/// holds no words; the terms behind it lie on the ticket.
/// </summary>
/// <param name="Ticket">The query it was made for; <c>null</c> where the words were answered without one.</param>
/// <param name="Shadow">True: nothing was done by it.</param>
/// <param name="Language">The person's, two letters.</param>
public sealed record StoredPrediction(string Id, string? Ticket, string Model, bool Shadow, string Language, DateTimeOffset At, PredictedLabels Labels)
{
    /// <summary>No trained model could be asked: keyword rules read the message.</summary>
    public bool IsFallback => Model == ITriageModel.Rules;

    public static StoredPrediction Of(Prediction said, string? ticket, bool shadow, string language, DateTimeOffset at) => new(
        Guid.CreateVersion7(at).ToString("N"),
        ticket,
        said.Model,
        shadow,
        language,
        at,
        new PredictedLabels(PredictedLabel.Of(said.Type), PredictedLabel.Of(said.Category), PredictedLabel.Of(said.Impact), PredictedLabel.Of(said.Urgency)));
}

/// <summary>One answer per question.</summary>
public sealed record PredictedLabels(PredictedLabel Type, PredictedLabel Category, PredictedLabel Impact, PredictedLabel Urgency)
{
    /// <summary>By the name of the question; <c>null</c> for a question that models are not asked.</summary>
    public PredictedLabel? Of(string head) => head switch
    {
        "type" => Type,
        "category" => Category,
        "impact" => Impact,
        "urgency" => Urgency,
        _ => null,
    };
}

/// <param name="Confidence">To three decimals.</param>
public sealed record PredictedLabel(string Label, double Confidence, bool Abstained)
{
    public static PredictedLabel Of(Guess guess) => new(guess.Label, Math.Round(guess.Confidence, 3), guess.Abstain);
}
