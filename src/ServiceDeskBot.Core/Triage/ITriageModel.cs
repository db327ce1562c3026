namespace ServiceDeskBot.Core.Triage;

/// <summary>
/// The trained classifier as the desk sees it: it advises, the policy decides. Implementations are safe for
/// concurrent use and never throw for any text, however long, empty or strange.
/// </summary>
public interface ITriageModel
{
    /// <summary>The version of the keyword rules.</summary>
    const string Rules = "rules";

    /// <summary>Name and version of the running model, stored with every prediction. <see cref="Rules"/> when no artefact could be loaded.</summary>
    string Version { get; }

    /// <summary>What is wrong with the model that should run, for the operator; <c>null</c> when all is well.</summary>
    string? Problem => null;

    /// <summary>How often each label occurred in training, by question and label; empty where there was no training.</summary>
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TrainingShares => new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);

    /// <summary>Reads one message.</summary>
    /// <param name="text">The person's words, already masked.</param>
    Prediction Predict(string text);
}

/// <summary>A model that predicts beside the running one and is never acted on.</summary>
/// <param name="Model"><c>null</c> when none is set.</param>
public sealed record ShadowModel(ITriageModel? Model);

/// <summary>What the model makes of one message. Labels are those of the contract ("Labels").</summary>
/// <param name="Model">The version that predicted.</param>
/// <param name="Type">incident, request, question, complaint, compliment, idea, status, human, smalltalk or other.</param>
/// <param name="Category">access, network, … or one that the desk added.</param>
/// <param name="Impact">person, team, department or organisation.</param>
/// <param name="Urgency">low, medium, high or critical.</param>
/// <param name="Reasons">The strongest terms behind type and category, strongest first; at most eight; shown on <em>Why?</em>.</param>
public sealed record Prediction(string Model, Guess Type, Guess Category, Guess Impact, Guess Urgency, IReadOnlyList<string> Reasons);

/// <summary>One head's answer.</summary>
/// <param name="Label">The most probable label.</param>
/// <param name="Confidence">Its calibrated probability, 0 to 1.</param>
/// <param name="Candidates">The conformal prediction set, most probable first; always holds <paramref name="Label"/>; two entries mean one clarifying question decides.</param>
/// <param name="Abstain">True below the head's threshold (chosen from the coverage-precision curve): do not act on the label without a person.</param>
public sealed record Guess(string Label, double Confidence, IReadOnlyList<string> Candidates, bool Abstain);
