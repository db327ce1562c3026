using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>
/// Keeps a restricted ticket among those who may see it: from the moment it becomes one, nothing of it is left or said where
/// others read along, be it another team's channel or the thread in which somebody asked.
/// </summary>
internal static class ClosedCircle
{
    /// <summary>False for a restricted ticket in a place that others read and that is not its own team's.</summary>
    public static async ValueTask<bool> MayBeShownHereAsync(TurnContext turn, Ticket ticket) =>
        !ticket.Restricted
        || turn.Place.Kind == PlaceKind.Personal
        || (await turn.Snapshot.MirrorsAsync(ticket.Id)).Any(mirror => mirror.Kind == MirrorKind.Team && mirror.At.Channel == turn.Place.Channel && mirror.At.Conversation == turn.Place.Conversation);

    /// <summary>Looks at what this decision made restricted, and takes it out of open places.</summary>
    public static async ValueTask CloseAsync(TurnContext turn)
    {
        foreach (var ticket in turn.Decision.Tickets.Where(ticket => ticket.Restricted).ToList())
        {
            if (await turn.Snapshot.TicketAsync(ticket.Id) is { Restricted: false } before)
            {
                SendAway(turn, ticket);
                await TakeDownAsync(turn, before, ticket);
                await Work.TakeOverAsync(turn, ticket);
            }
        }
    }

    /// <summary>Whoever helped from outside the closed team does not any longer.</summary>
    private static void SendAway(TurnContext turn, Ticket ticket)
    {
        var members = turn.Desk.Team(ticket.Team)?.Members ?? [];
        turn.Decision.Apply(ticket, [.. ticket.Swarm.Where(person => !members.Contains(person)).Select(person => new Left(person) { At = turn.Now, By = "desk" })]);
    }

    private static async ValueTask TakeDownAsync(TurnContext turn, Ticket before, Ticket ticket)
    {
        var mirrors = await turn.Snapshot.MirrorsAsync(ticket.Id);
        foreach (var task in mirrors.Where(mirror => mirror.At.Kind == PlaceKind.Personal && MirrorKind.TaskIn(mirror.Kind) is not null))
        {
            // A team without a channel has its tasks with its lead.
            turn.Decision.Add(new LeaveMirror(task.Id));
        }

        var open = mirrors.Where(mirror => mirror.At.Kind != PlaceKind.Personal && !(mirror.Kind == MirrorKind.Team && before.Team == ticket.Team)).ToList();
        foreach (var mirror in open.Where(mirror => !MirrorKind.IsLeft(mirror.Kind) && !(mirror.Kind == MirrorKind.Team && before.Team != ticket.Team)))
        {
            turn.Decision.Add(new LeaveMirror(mirror.Id));
        }

        foreach (var place in open.Select(mirror => mirror.At).DistinctBy(at => (at.Channel, at.Conversation)))
        {
            // Cards change by themselves, and a person's own message is theirs.
            var known = mirrors.Where(mirror => mirror.At.Channel == place.Channel && mirror.At.Conversation == place.Conversation).SelectMany(mirror => new[] { mirror.PostId, mirror.At.Thread });
            foreach (var post in (await turn.Snapshot.PostsAsync(ticket.Id, place.Channel, place.Conversation)).Except(known, StringComparer.Ordinal))
            {
                turn.Decision.Replace(place, post!, LeftCard.For(ticket), null, ticket.Id);
            }
        }

        if (open.Exists(mirror => mirror.Kind == MirrorKind.Requester) && await turn.ReachAsync(ticket.Reporter) is { } personal)
        {
            turn.Decision.Hang(ticket.Id, MirrorKind.Requester, personal, await turn.PersonAsync(ticket.Reporter));
        }
    }
}
