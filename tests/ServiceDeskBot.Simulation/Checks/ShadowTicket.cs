using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>A ticket as the audit believes it to be.</summary>
internal sealed class ShadowTicket(Registered began)
{
    public string Id => began.Id;

    public string Reporter => began.Reporter;

    public string Affected { get; set; } = began.Affected;

    public DateTimeOffset Opened => began.Opened;

    public string Type { get; set; } = began.Type;

    public string State { get; set; } = TicketState.Registered;

    public string? Team { get; set; }

    /// <summary>Every team it has been with.</summary>
    public HashSet<string> Teams { get; } = new(StringComparer.Ordinal);

    public string? Owner { get; set; }

    public HashSet<string> Swarm { get; } = new(StringComparer.Ordinal);

    /// <summary>Everybody who ever worked on it.</summary>
    public HashSet<string> Helpers { get; } = new(StringComparer.Ordinal);

    public string? Approver { get; set; }

    public List<string> ApprovedBy { get; } = [];

    /// <summary>The time of which the person was told last that it does not hold.</summary>
    public DateTimeOffset? Foretold { get; set; }

    /// <summary>What somebody did not know yet.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>Reminders since the one who has to approve was asked.</summary>
    public int ApprovalReminders { get; set; }

    /// <summary>The person has said once that it is more pressing.</summary>
    public bool Contested { get; set; }

    /// <summary>The work behind a request, in its order.</summary>
    public List<ShadowTask> Tasks { get; } = [];

    public bool Restricted { get; set; }

    public string? Category { get; set; }

    public string Impact { get; set; } = "";

    public string Urgency { get; set; } = "";

    public int Reopened { get; set; }

    public string? Closure { get; set; }

    public DateTimeOffset? Closed { get; set; }

    public DateTimeOffset? ResponseDue { get; set; }

    public DateTimeOffset? ResolutionDue { get; set; }

    public bool? ResponseMet { get; set; }

    public bool? ResolutionMet { get; set; }

    public int Version { get; set; } = 1;

    /// <summary>Time in which somebody could work on it, and time in which it waited: for the person, an approver, or the word that it works.</summary>
    public TimeSpan Cycle { get; set; }

    public TimeSpan Wait { get; set; }

    public DateTimeOffset LastAt { get; set; } = began.Opened;

    public bool IsOpen => State is not (TicketState.Closed or TicketState.Cancelled);
}

internal sealed record ShadowTask(string Id)
{
    /// <summary>Whose it is; <c>null</c> where a program does it.</summary>
    public required string? Team { get; set; }

    public string State { get; set; } = "waiting";

    public string? Owner { get; set; }

    public bool IsDone => State is "done" or "confirmed";
}
