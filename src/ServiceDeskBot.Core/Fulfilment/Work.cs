using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Fulfilment;

/// <summary>The work behind a request, from its begin to the question whether all is there. To the person it is one status, whoever does what.</summary>
internal static class Work
{
    /// <summary>Nothing has to be approved any more: the item's workflow begins, or its team gets the request.</summary>
    public static async ValueTask<Ticket> BeginAsync(TurnContext turn, Ticket request)
    {
        var workflow = turn.Desk.Workflow(turn.Desk.Item(request.Item)?.Workflow);
        if (workflow is not { Kind: Workflow.Automatic })
        {
            await turn.HangTeamCardsOnceAsync(request);
        }

        if (workflow is not { Steps.Count: > 0 } || request.Tasks.Count > 0)
        {
            return request;
        }

        var planned = turn.Decision.Apply(request, new TasksPlanned([.. workflow.Steps.Select(step => new TicketTask(step.Id, step.Title, step.Team, step.Call, step.Undo))]) { At = turn.Now, By = "desk" });
        return await GoOnAsync(turn, planned);
    }

    /// <summary>Opens what may begin now; ends the work when nothing is left.</summary>
    public static async ValueTask<Ticket> GoOnAsync(TurnContext turn, Ticket request)
    {
        if (request.Tasks.Any(task => task.State == TaskState.Failed))
        {
            return request;
        }

        var isParallel = turn.Desk.Workflow(turn.Desk.Item(request.Item)?.Workflow)?.Kind == Workflow.Parallel;
        foreach (var task in request.Tasks.Where(task => task.State == TaskState.Waiting))
        {
            if (!isParallel && request.Tasks.TakeWhile(before => before.Id != task.Id).Any(before => !before.IsDone))
            {
                break;
            }

            request = await OpenAsync(turn, request, task);
        }

        return request.Tasks.All(task => task.IsDone) && request.State != TicketState.Resolved ? await EndAsync(turn, request) : request;
    }

    /// <summary>A task lies open before its team, or a program is asked.</summary>
    public static async ValueTask<Ticket> OpenAsync(TurnContext turn, Ticket request, TicketTask task)
    {
        var moved = turn.Decision.Apply(request, new TaskMoved(task.Id, task.Call is null ? TaskState.Open : TaskState.Calling) { At = turn.Now, By = "desk" });
        if (task.Call is not null)
        {
            Send(turn, request, task, undo: false);
            return moved;
        }

        await HangAsync(turn, request.Id, task);
        return moved;
    }

    /// <summary>The record has become its own team's secret, and with it every part that another team would have done.</summary>
    public static async ValueTask TakeOverAsync(TurnContext turn, Ticket request)
    {
        if (request.Team is not { } team || request.Tasks.All(task => task.Team is null))
        {
            return;
        }

        var taken = turn.Decision.Apply(request, new TasksTakenOver(team) { At = turn.Now, By = "desk" });
        foreach (var task in taken.Tasks.Where(task => task.IsLeft))
        {
            await HangAsync(turn, taken.Id, task);
        }
    }

    /// <summary>A program did what it was asked, or never will.</summary>
    public static async ValueTask AnsweredAsync(TurnContext turn, Ticket request, Call call, bool succeeded)
    {
        var expected = call.Undo ? TaskState.Undoing : TaskState.Calling;
        if (request.Tasks.FirstOrDefault(task => task.Id == call.Task) is not { } task || task.State != expected)
        {
            return;
        }

        var to = !succeeded ? TaskState.Failed : call.Undo ? TaskState.Undone : TaskState.Done;
        var moved = turn.Decision.Apply(request, new TaskMoved(task.Id, to) { At = turn.Now, By = "desk" });
        if (succeeded && !call.Undo)
        {
            await GoOnAsync(turn, moved);
        }
        else if (!succeeded)
        {
            await FailAsync(turn, moved, task, call.Undo);
        }
    }

    /// <summary>What was done before is taken back where that is possible, the latest first; people take over, and everybody hears it.</summary>
    private static async ValueTask FailAsync(TurnContext turn, Ticket request, TicketTask failed, bool undo)
    {
        foreach (var done in request.Tasks.Reverse().Where(task => task is { Undo: true, State: TaskState.Done } && !undo))
        {
            request = turn.Decision.Apply(request, new TaskMoved(done.Id, TaskState.Undoing) { At = turn.Now, By = "desk" });
            Send(turn, request, done, undo: true);
        }

        await turn.HangTeamCardsOnceAsync(request);
        await turn.TellTeamAsync(request, Card.Of(Phrase.Key(undo ? "task.undo-failed" : "task.call-failed", ("ticket", request.Id), ("task", failed.Title))));
        if (!undo)
        {
            await turn.TellRequesterAsync(request, Card.Of(Phrase.Key("task.by-hand", ("ticket", request.Id), ("team", turn.Desk.Team(request.Team)?.Name ?? ""))));
        }
    }

    /// <summary>All is done: what programs did is over at once; what people did the person looks at.</summary>
    private static async ValueTask<Ticket> EndAsync(TurnContext turn, Ticket request)
    {
        if (turn.Desk.Workflow(turn.Desk.Item(request.Item)?.Workflow)?.Kind == Workflow.Automatic)
        {
            var closed = turn.Decision.Apply(
                request,
                new Resolved("desk") { At = turn.Now, By = "desk" },
                new Closed(TicketClosure.Fulfilled) { At = turn.Now, By = "desk" });
            var item = turn.Desk.Item(request.Item);
            await turn.TellRequesterAsync(closed, new Card(
                [
                    new TextPart(Phrase.Key("task.automatic-done", ("item", item?.Name ?? ""), ("ticket", request.Id))),
                    new TextPart(item is { Undo.Length: > 0 } ? Phrase.Key("task.undo", ("undo", item.Undo)) : Phrase.Key("task.undo-by-people")),
                ],
                [new Button(Phrase.Key("button.person"), "person", new Dictionary<string, string>(StringComparer.Ordinal))]));
            return closed;
        }

        var resolved = turn.Decision.Apply(request, new Resolved("desk") { At = turn.Now, By = "desk" });
        turn.Decision.Add(new SetTimer(request.Id, TimerKinds.VerifyReminder, turn.Now + turn.Desk.Policies.Verification.Reminder));
        await Verification.AskAsync(turn, resolved);
        await ChangeRecord.WriteAsync(turn, resolved);
        return resolved;
    }

    /// <summary>The person has everything: the request closes as any that is confirmed.</summary>
    public static async ValueTask CloseAsync(TurnContext turn, Ticket request)
    {
        var closed = turn.Decision.Apply(request, new Closed(TicketClosure.Fulfilled) { At = turn.Now, By = turn.Actor.Id });
        await turn.TellTeamAsync(closed, Card.Of(Phrase.Key("verify.told-yes", ("person", turn.Actor.Name), ("ticket", request.Id))), closed.Owner);
        await SurveyOffer.AfterClosingAsync(turn, closed);
    }

    private static void Send(TurnContext turn, Ticket request, TicketTask task, bool undo) =>
        turn.Decision.Add(new Send(new OutboxMessage(Call.To(task.Call!, request.Id), new Call(request.Id, task.Id, undo), "en", null) { Ticket = request.Id }));

    private static async ValueTask HangAsync(TurnContext turn, string request, TicketTask task)
    {
        var team = turn.Desk.Team(task.Team) ?? turn.Desk.Teams[0];
        var places = await turn.ChannelsOfAsync(team);
        foreach (var place in places.Count > 0 ? places : await turn.ReachAsync(team.Lead) is { } lead ? [lead] : [])
        {
            turn.Decision.Hang(request, MirrorKind.TaskOf(task.Id), place, null);
        }
    }
}
