namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>A trained network: feature → hidden units (rectified) → answers.</summary>
/// <param name="Embedding"><c>[feature][unit]</c></param>
/// <param name="Output"><c>[unit][answer]</c></param>
internal sealed record Network(float[][] Embedding, float[] HiddenBias, float[][] Output, float[] OutputBias);
