using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Fulfilment;

/// <summary>Something that happens to one task of a request.</summary>
/// <param name="Task">The task's id.</param>
public abstract record TaskAction(string? Task) : TicketAction
{
    /// <summary>Decides about the task that is meant.</summary>
    protected abstract ValueTask DecideAsync(TurnContext turn, Ticket request, TicketTask task);

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Tasks.FirstOrDefault(task => task.Id.Equals(Task?.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } task)
        {
            turn.Refuse(Phrase.Key("task.unknown", ("ticket", ticket.Id), ("tasks", string.Join(", ", ticket.Tasks.Select(known => known.Id)))));
            return;
        }

        await DecideAsync(turn, ticket, task);
    }

    /// <summary>Only the task's own team does it, not another team that has a part in the same request.</summary>
    protected static bool Refuses(TurnContext turn, TicketTask task)
    {
        var team = turn.Desk.Team(task.Team);
        if (team is null || team.Members.Contains(turn.Actor.Id, StringComparer.Ordinal))
        {
            return false;
        }

        turn.Refuse(Phrase.Key("rights.work", ("team", team.Name)));
        return true;
    }
}

/// <summary>Somebody of the team takes the task.</summary>
public sealed record ClaimTask(string? Task) : TaskAction(Task)
{
    public override Right Needs => Right.Fulfil;

    protected override async ValueTask DecideAsync(TurnContext turn, Ticket request, TicketTask task)
    {
        if (Refuses(turn, task))
        {
            return;
        }

        if (task.State != TaskState.Open)
        {
            turn.Refuse(Phrase.Key(task.State == TaskState.Claimed ? "task.taken" : "task.not-open", ("owner", await turn.NameAsync(task.Owner)), ("task", task.Title)));
            return;
        }

        turn.Decision.Apply(request, new TaskMoved(task.Id, TaskState.Claimed) { At = turn.Now, By = turn.Actor.Id });
    }
}

/// <summary>The task is done; the next one opens, or the person is asked whether all is there.</summary>
public sealed record FinishTask(string? Task) : TaskAction(Task)
{
    public override Right Needs => Right.Fulfil;

    protected override async ValueTask DecideAsync(TurnContext turn, Ticket request, TicketTask task)
    {
        if (Refuses(turn, task))
        {
            return;
        }

        if (!task.IsLeft)
        {
            turn.Refuse(Phrase.Key("task.not-open", ("owner", await turn.NameAsync(task.Owner)), ("task", task.Title)));
            return;
        }

        await Work.GoOnAsync(turn, turn.Decision.Apply(request, new TaskMoved(task.Id, TaskState.Done) { At = turn.Now, By = turn.Actor.Id }));
    }
}

/// <summary>The person has it. With the last one the request closes.</summary>
public sealed record ConfirmTask(string? Task) : TaskAction(Task)
{
    public override Right Needs => Right.Own;

    protected override async ValueTask DecideAsync(TurnContext turn, Ticket request, TicketTask task)
    {
        if (task.State != TaskState.Done)
        {
            turn.Refuse(Phrase.Key(task.State == TaskState.Confirmed ? "task.confirmed-already" : "task.not-done", ("task", task.Title)));
            return;
        }

        var confirmed = turn.Decision.Apply(request, new TaskMoved(task.Id, TaskState.Confirmed) { At = turn.Now, By = turn.Actor.Id });
        if (confirmed.State == TicketState.Resolved && confirmed.Tasks.All(one => one.State == TaskState.Confirmed))
        {
            await Work.CloseAsync(turn, confirmed);
        }
    }
}

/// <summary>Something is not there: that task, and only that, goes back to its team.</summary>
public sealed record MissTask(string? Task) : TaskAction(Task)
{
    public override Right Needs => Right.Own;

    protected override async ValueTask DecideAsync(TurnContext turn, Ticket request, TicketTask task)
    {
        if (!task.IsDone)
        {
            turn.Refuse(Phrase.Key("task.not-done", ("task", task.Title)));
            return;
        }

        if (request.State == TicketState.Resolved)
        {
            request = turn.Decision.Apply(request, new Reopened { At = turn.Now, By = turn.Actor.Id });
            turn.Decision.Add(new ClearTimer(request.Id, TimerKinds.VerifyReminder));
            turn.Decision.Add(new ClearTimer(request.Id, TimerKinds.VerifyClose));
        }

        request = await Work.OpenAsync(turn, request, task);
        var left = Phrase.Key("task.missing-told", ("person", turn.Actor.Name), ("ticket", request.Id), ("tasks", string.Join(", ", request.Tasks.Where(one => !one.IsDone).Select(one => one.Title))));
        foreach (var mirror in (await turn.Snapshot.MirrorsAsync(request.Id)).Where(mirror => mirror.Kind == MirrorKind.TaskOf(task.Id)))
        {
            turn.Decision.Say(mirror.At, Card.Of(left), null, request.Id);
        }

        await turn.TellTeamAsync(request, Card.Of(left));
        turn.Refuse(Phrase.Key("task.missing", ("task", task.Title), ("team", turn.Desk.Team(task.Team)?.Name ?? turn.Desk.Team(request.Team)?.Name ?? "")));
    }
}
