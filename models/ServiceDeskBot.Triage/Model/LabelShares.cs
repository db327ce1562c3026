namespace ServiceDeskBot.Triage.Model;

/// <summary>How often each label occurred, per head: <c>[head][label]</c> in the order of the heads and their labels.</summary>
public sealed record LabelShares(IReadOnlyList<IReadOnlyList<float>> ByHead, int Rows);
