using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.SelfService;

/// <summary>
/// The person says once that it is more pressing than the desk thought: how many are stopped, by when, and why. What they say
/// counts as evidence; if the matrix still says the same, the team's lead looks at it. Everybody on the ticket sees the reason.
/// </summary>
public sealed record RaisePriority(int People, DateTimeOffset? Deadline, string Reason) : TicketAction
{
    private static readonly string[] Impacts = ["person", "team", "department", "organisation"];
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];
    private static readonly TimeSpan Soon = TimeSpan.FromHours(14);

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var lead = (turn.Desk.Team(ticket.Team) ?? turn.Desk.Teams[0]).Lead;
        if (ticket.Contested)
        {
            turn.Refuse(Phrase.Key("pressing.once", ("ticket", ticket.Id), ("lead", await turn.NameAsync(lead))));
            return;
        }

        var said = Evidence.In(Reason, turn.Now, turn.Zone);
        var impact = Higher(Impacts, ticket.Impact, said.Impact(People >= 200 ? "organisation" : People >= 15 ? "department" : People >= 2 ? "team" : "person"));
        var urgency = Higher(Urgencies, ticket.Urgency, said.Urgency(Deadline is { } due ? due - turn.Now <= Soon ? "high" : "medium" : "low"));
        var priority = Math.Min(ticket.Priority, turn.Desk.Policies.Priority(impact, urgency));
        var text = turn.Decision.Keep(ticket.Id, "reason", turn.Actor.Id, "user", Reason);
        var contested = turn.Decision.Apply(ticket, new PriorityContested(ticket.Priority, priority) { At = turn.Now, By = turn.Actor.Id, Text = text, Deadline = Deadline });
        var reason = new TextPart(Reason, TextStyle.Quote);
        if (priority == ticket.Priority)
        {
            turn.Decision.Answer = new Conversations.Tell(Card.Of(Phrase.Key("pressing.stays", ("ticket", ticket.Id), ("priority", Phrase.Key($"priority.{priority}")), ("lead", await turn.NameAsync(lead)))));
            await turn.TellTeamAsync(contested, new Card([new TextPart(Phrase.Key("pressing.told-stays", ("person", turn.Actor.Name), ("ticket", ticket.Id))), reason], []), lead);
            return;
        }

        var raised = turn.Decision.Apply(contested, new PriorityChanged(ticket.Priority, priority, impact, urgency) { At = turn.Now, By = turn.Actor.Id, Text = text });
        raised = turn.Decision.Apply(raised, Promises.For(raised, turn.Desk, turn.Now, raised.Opened));
        Foresight.Watch(turn, raised);
        await OnCall.CallAsync(turn, raised);
        turn.Decision.Answer = new Conversations.Tell(Card.Of(Phrase.Key("pressing.raised", ("ticket", ticket.Id), ("priority", Phrase.Key($"priority.{priority}")), ("due", Phrase.At(raised.Resolution!.Due)))));
        await turn.TellTeamAsync(raised, new Card([new TextPart(Phrase.Key("pressing.told-raised", ("person", turn.Actor.Name), ("ticket", ticket.Id), ("n", priority))), reason], []), ticket.Owner ?? lead);
    }

    private static string Higher(string[] scale, string one, string other) => Array.IndexOf(scale, one) >= Array.IndexOf(scale, other) ? one : other;
}

/// <summary>What the person has said so far about how pressing it is; <c>null</c> is not asked yet.</summary>
public sealed record PressingState(string Ticket)
{
    /// <summary>The dialog's name, and the action of its buttons.</summary>
    public const string Dialog = "pressing";

    public int? People { get; init; }

    public bool AskedWhen { get; init; }

    public DateTimeOffset? Deadline { get; init; }
}
