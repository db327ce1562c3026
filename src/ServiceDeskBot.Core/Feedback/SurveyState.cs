
namespace ServiceDeskBot.Core.Feedback;

/// <summary>How far a survey is; <c>null</c> answers are still to come.</summary>
public sealed record SurveyState(string Ticket, string? Function = null, int? Feeling = null, string? Need = null);
