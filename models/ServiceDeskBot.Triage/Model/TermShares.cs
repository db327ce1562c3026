namespace ServiceDeskBot.Triage.Model;

/// <summary>Room for finding reasons, kept from message to message.</summary>
internal sealed class TermShares(int features, int hidden)
{
    /// <summary>A feature's share in the answer's score, per occurrence; only those of the message in hand mean anything.</summary>
    public float[] OfFeature { get; } = new float[features];

    public float[] Slope { get; } = new float[PackedRows.PaddedWidth(hidden)];

    public float[] OfToken { get; private set; } = new float[64];

    /// <summary>By the first token of the pair.</summary>
    public float[] OfPair { get; private set; } = new float[64];

    public bool[] Used { get; private set; } = new bool[64];

    public void Begin(int tokens)
    {
        if (OfToken.Length < tokens)
        {
            OfToken = new float[tokens * 2];
            OfPair = new float[tokens * 2];
            Used = new bool[tokens * 2];
        }

        OfToken.AsSpan(0, tokens).Clear();
        OfPair.AsSpan(0, tokens).Clear();
        Used.AsSpan(0, tokens).Clear();
    }
}
