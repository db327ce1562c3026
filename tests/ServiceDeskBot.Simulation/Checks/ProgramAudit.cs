using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>What programs did, as they know it themselves: a step counts as done only when its program has done it, and is taken back only after that.</summary>
internal sealed class ProgramAudit(Audit audit)
{
    private readonly HashSet<(string Ticket, string Step)> _done = [];

    /// <summary>The program did it, whether its answer arrives or not.</summary>
    public void Did(WebhookRequest request)
    {
        var step = (request.Ticket, request.Step);
        if (!request.Undo)
        {
            _done.Add(step);
            return;
        }

        audit.Must(_done.Contains(step), "only what was done is taken back", $"{request.Step} of {request.Ticket}");
    }

    public void Committed(UnitOfWork unit)
    {
        foreach (var put in unit.Writes.OfType<PutTicket>())
        {
            foreach (var moved in put.Events.OfType<TaskMoved>().Where(moved => moved is { To: TaskState.Done, By: "desk" }))
            {
                audit.Must(_done.Contains((put.Ticket.Id, moved.Task)), "what a program did not do is not done", $"{moved.Task} of {put.Ticket.Id}");
            }
        }
    }
}
