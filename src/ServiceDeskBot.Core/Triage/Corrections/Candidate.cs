namespace ServiceDeskBot.Core.Triage.Corrections;

/// <summary>
/// A correction made in chat, waiting for a reviewer: the only way by which people's words can reach training.
/// </summary>
/// <param name="Words">The text row of the message. It is referred to and not copied, so that what a person takes back or has erased is gone here too.</param>
/// <param name="Predicted">What the model had said, per question.</param>
/// <param name="Corrected">What it should have said, per question, only those that were corrected; <c>team</c> where somebody only said whose it is.</param>
/// <param name="By">Desk id of who corrected.</param>
public sealed record Candidate(
    string Id,
    string Ticket,
    string Words,
    IReadOnlyDictionary<string, string> Predicted,
    IReadOnlyDictionary<string, string> Corrected,
    string By,
    DateTimeOffset At)
{
    public const string Team = "team";

    public ReviewState State { get; init; } = ReviewState.Waiting;

    /// <summary>Desk id of who decided; <c>null</c> while it waits.</summary>
    public string? Reviewer { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The message as it is stored now, masked; empty when it was taken back or erased. Filled in when read.</summary>
    public string Text { get; init; } = "";

    /// <summary>True when only the team is known: a reviewer has to say the category before a model can learn from it.</summary>
    public bool LacksCategory => Corrected.Count == 1 && Corrected.ContainsKey(Team);
}

/// <summary>Stored by name.</summary>
public enum ReviewState { Waiting, Accepted, Rejected }
