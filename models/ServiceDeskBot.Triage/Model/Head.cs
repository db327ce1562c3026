namespace ServiceDeskBot.Triage.Model;

/// <summary>One question that the model answers (type, category, …) and its possible answers.</summary>
/// <param name="Name">Name of the question: the column it was trained from.</param>
/// <param name="Labels">Its answers, in ordinal order.</param>
/// <param name="Offset">Where its outputs begin among those of all heads.</param>
/// <param name="Calibration">How raw scores become confidence.</param>
public sealed record Head(string Name, IReadOnlyList<string> Labels, int Offset, HeadCalibration Calibration);

/// <summary>What turns the scores of one head into probabilities, sets and abstention; fitted on held-out rows only.</summary>
/// <param name="LinearWeight">Factor of the linear part's scores.</param>
/// <param name="HiddenWeight">Factor of the network's scores.</param>
/// <param name="Confidence">How the top answer's probability, margin and familiarity become its confidence.</param>
/// <param name="SetFloor">Answers at least this probable belong to the conformal set.</param>
/// <param name="ActFrom">Below this confidence the head abstains; from the coverage-precision curve.</param>
/// <param name="FamiliarFrom">A message whose share of known character n-grams is lower is not judged at all.</param>
public sealed record HeadCalibration(
    float LinearWeight,
    float HiddenWeight,
    ConfidenceCurve Confidence,
    float SetFloor,
    float ActFrom,
    float FamiliarFrom);

/// <summary>
/// Logistic regression of "the top answer is right" on what is known about the prediction. The margin and the share of
/// known terms let a message from outside the model's world look less sure than its probabilities alone would.
/// </summary>
public sealed record ConfidenceCurve(float Bias, float LogOdds, float Margin, float KnownWords, float KnownGrams)
{
    private const float Surest = 0.9995f;

    /// <summary>Takes the probability as it is.</summary>
    public static ConfidenceCurve Plain { get; } = new(0, 1, 0, 0, 0);

    /// <summary>Confidence in the top answer, 0 to 1.</summary>
    public float At(in Evidence evidence)
    {
        var score = Bias + (LogOdds * evidence.LogOdds) + (Margin * evidence.Margin)
            + (KnownWords * evidence.KnownWords) + (KnownGrams * evidence.KnownGrams);
        return Math.Min(Surest, 1f / (1f + MathF.Exp(-score)));
    }
}

/// <summary>What a confidence is computed from.</summary>
/// <param name="LogOdds">Log-odds of the top answer's probability.</param>
/// <param name="Margin">Its score in the linear part: below zero when no answer claims the message.</param>
/// <param name="KnownWords">Share of the tokens that training saw.</param>
/// <param name="KnownGrams">Share of the character n-grams that training saw.</param>
public readonly record struct Evidence(float LogOdds, float Margin, float KnownWords, float KnownGrams)
{
    private const float Extreme = 1e-6f;

    public static float LogOddsOf(float probability)
    {
        var p = Math.Clamp(probability, Extreme, 1f - Extreme);
        return MathF.Log(p / (1f - p));
    }
}
