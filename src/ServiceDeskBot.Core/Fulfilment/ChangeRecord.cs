using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Fulfilment;

/// <summary>An item backed by a standard change: nobody is asked again, and what was done is on record.</summary>
internal static class ChangeRecord
{
    public static async ValueTask WriteAsync(TurnContext turn, Ticket request)
    {
        if (turn.Desk.Item(request.Item) is not { } item || turn.Desk.Workflow(item.Workflow)?.Kind != Workflow.StandardChange || request.Links.Any(link => link.Rel == "change"))
        {
            return;
        }

        var id = await turn.NewIdAsync("CHG");
        var text = turn.Decision.Keep(id, "description", "desk", "team", item.Name);
        var change = turn.Decision.Begin(
            new Registered(id, "change", request.Reporter, request.Affected, request.Channel) { At = turn.Now, By = "desk", Opened = turn.Now, Item = item.Id, Text = text },
            item.Name);
        change = turn.Decision.Apply(
            change,
            new Classified(request.Service, request.Category, request.Team, request.Impact, request.Urgency, request.Priority) { At = turn.Now, By = "desk", Item = item.Id },
            new Confirmed { At = turn.Now, By = "desk" });
        turn.Decision.Apply(
            change,
            Promises.For(change, turn.Desk, turn.Now),
            new Linked("for", request.Id) { At = turn.Now, By = "desk" },
            new Resolved(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id },
            new Closed(TicketClosure.Fulfilled) { At = turn.Now, By = "desk" });
        turn.Decision.Apply(request, new Linked("change", id) { At = turn.Now, By = "desk" });
    }
}
