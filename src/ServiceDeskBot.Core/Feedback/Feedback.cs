namespace ServiceDeskBot.Core.Feedback;

/// <summary>A survey that was offered; its row also proves the cool-down.</summary>
/// <param name="State">offered, answered, skipped or withdrawn.</param>
public sealed record Survey(string Ticket, string Person, string Team, DateTimeOffset OfferedAt, string State);

/// <summary>Three answers kept apart, and words.</summary>
/// <param name="Function">Did it work? yes, partly or no.</param>
/// <param name="Feeling">How was it? 1 (bad) to 5 (good).</param>
/// <param name="Need">Did it meet the need? yes, partly or no.</param>
/// <param name="Comment">Masked; <c>null</c> when none was given.</param>
public sealed record Scores(string Function, int Feeling, string Need, string? Comment);

/// <summary>Feedback with a name on it: it can be answered.</summary>
/// <param name="MayContact">The person agreed to be asked back.</param>
public sealed record NamedFeedback(string Id, string Ticket, string Person, string Team, Scores Scores, bool MayContact, DateTimeOffset At);

/// <summary>Feedback without a name: team and week, nothing finer.</summary>
/// <param name="Week">The Monday of its week.</param>
public sealed record AnonymousFeedback(string Team, DateOnly Week, Scores Scores);
