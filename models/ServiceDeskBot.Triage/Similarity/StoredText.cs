namespace ServiceDeskBot.Triage.Similarity;

/// <summary>A text on the shelf: its terms in rising order and how often each occurs, dampened.</summary>
/// <param name="Length">Euclidean length under the idf of the shelf; weights are divided by it.</param>
internal readonly record struct StoredText(string? Id, uint[] Terms, float[] Counts, float Length)
{
    public bool IsGone => Id is null;
}
