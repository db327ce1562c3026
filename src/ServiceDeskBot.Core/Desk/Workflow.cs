namespace ServiceDeskBot.Core.Desk;

/// <summary>How a request is fulfilled when more than one team, or a program, does it.</summary>
/// <param name="Kind">sequence, parallel, automatic or standard-change.</param>
/// <param name="Reason">Why there is a model of its own: the list is to stay short.</param>
/// <param name="Steps">Empty for a standard change that one team does.</param>
public sealed record Workflow(string Id, string Name, string Kind, string Reason, IReadOnlyList<WorkflowStep> Steps)
{
    public const string Sequence = "sequence";
    public const string Parallel = "parallel";
    public const string Automatic = "automatic";
    public const string StandardChange = "standard-change";
}

/// <summary>One step: a team's task, or a call to another program.</summary>
/// <param name="Title">What the person gets by it.</param>
/// <param name="Call">Name of a webhook of the settings.</param>
/// <param name="Undo">True where the same webhook can take it back.</param>
public sealed record WorkflowStep(string Id, string Title, string? Team, string? Call, bool Undo);
