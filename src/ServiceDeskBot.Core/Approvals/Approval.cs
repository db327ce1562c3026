using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>How a request gets its approvals: one asked after the other, reminded a few times, and ended when nobody decides.</summary>
public static class Approval
{
    /// <summary>Hangs the card before the one who has to decide, and sets the reminders.</summary>
    public static async ValueTask AskAsync(TurnContext turn, Ticket ticket)
    {
        var policy = turn.Desk.Policies.Approval;
        turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.ApprovalReminder, turn.Now + policy.Reminder));
        turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.ApprovalExpires, turn.Now + policy.Expires) { OnlyIfAbsent = true });
        if (await turn.ReachAsync(ticket.Approver!) is { } place)
        {
            turn.Decision.Hang(ticket.Id, MirrorKind.ApproverOf(ticket.Approver!), place, await turn.PersonAsync(ticket.Approver));
        }
        else
        {
            // Nobody can ask the approver in chat: the team sees that it waits and for whom, and can ask them.
            await turn.HangTeamCardsOnceAsync(ticket);
        }
    }

    /// <summary>After one yes: the next one is asked, or the work begins.</summary>
    public static async ValueTask<Ticket> GoOnAsync(TurnContext turn, Ticket approved)
    {
        var item = turn.Desk.Item(approved.Item);
        var order = item is null ? [] : await Approvers.InOrderAsync(item, approved.Reporter, approved.Affected, turn.Desk, turn.Snapshot, turn.Now) ?? [];
        if (order.Skip(approved.ApprovedBy.Count).FirstOrDefault(approver => !approved.ApprovedBy.Contains(approver)) is { } next)
        {
            var asked = turn.Decision.Apply(approved, new ApprovalAsked(next) { At = turn.Now, By = "desk" });
            await AskAsync(turn, asked);
            return asked;
        }

        turn.Decision.Add(new ClearTimer(approved.Id, TimerKinds.ApprovalReminder));
        turn.Decision.Add(new ClearTimer(approved.Id, TimerKinds.ApprovalExpires));
        return await Work.BeginAsync(turn, approved);
    }

    /// <summary>Silence: whoever stands in by now is asked instead, else the approver is reminded, a few times at most.</summary>
    public static async ValueTask RemindAsync(TurnContext turn, Ticket ticket)
    {
        var policy = turn.Desk.Policies.Approval;
        var standIn = Approvers.StandIn(ticket.Approver, turn.Desk, turn.Now);
        if (standIn is not null && standIn != ticket.Approver && standIn != ticket.Reporter && standIn != ticket.Affected)
        {
            await AskAsync(turn, turn.Decision.Apply(ticket, new ApprovalDelegated(ticket.Approver!, standIn) { At = turn.Now, By = "desk" }));
            return;
        }

        if (ticket.ApprovalReminders >= policy.Reminders)
        {
            turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.ApprovalReminder));
            return;
        }

        turn.Decision.Apply(ticket, new ApprovalReminded(ticket.Approver!) { At = turn.Now, By = "desk" });
        turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.ApprovalReminder, turn.Now + policy.Reminder));
        if (await turn.ReachAsync(ticket.Approver!) is { } place)
        {
            turn.Decision.Say(place, Card.Of(Phrase.Key("approval.reminder", ("person", await turn.NameAsync(ticket.Reporter)), ("ticket", ticket.Id), ("item", turn.Desk.Item(ticket.Item)?.Name ?? ""))), await turn.PersonAsync(ticket.Approver), ticket.Id);
        }
    }

    /// <summary>Nobody decided: the request ends, and the person hears it and what they can do.</summary>
    public static async ValueTask ExpireAsync(TurnContext turn, Ticket ticket)
    {
        turn.Decision.Apply(
            ticket,
            new ApprovalExpired(ticket.Approver!) { At = turn.Now, By = "desk" },
            new Closed(TicketClosure.Cancelled) { At = turn.Now, By = "desk" });
        await turn.TellRequesterAsync(ticket, Card.Of(Phrase.Key("approval.expired", ("approver", await turn.NameAsync(ticket.Approver)), ("ticket", ticket.Id))));
    }
}
