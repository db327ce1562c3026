namespace ServiceDeskBot.Triage.Model;

/// <summary>A head's answer by number: cheap enough to make thousands of a second.</summary>
/// <param name="Label">Position of the most probable answer among the head's labels.</param>
/// <param name="Confidence">Calibrated probability that it is right.</param>
/// <param name="Abstain">True when nobody should act on it unseen.</param>
public readonly record struct Answer(int Label, float Confidence, bool Abstain);
