namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>A text and its label under each head.</summary>
/// <param name="Labels">One per head, in the heads' order; null where the head does not apply or nobody knows.</param>
/// <param name="Line">Where it stood in its file; 0 if in none.</param>
public sealed record Example(string Text, IReadOnlyList<string?> Labels, int Line = 0)
{
    /// <summary>Who wrote it, as far as the data says; null if it does not.</summary>
    public string? Voice { get; init; }
}
