using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.ServiceLevels;

/// <summary>
/// Nobody learns from a clock that has run out that it takes longer. When three quarters of the time are over, whoever has the ticket is
/// asked whether it will hold; when nine tenths are and nobody said, its person hears that it will be later and when they hear again.
/// A time that the owner states begins the same anew.
/// </summary>
public static class Foresight
{
    private const double AskAt = 0.75;
    private const double TellAt = 0.9;

    /// <summary>Watches the time that the ticket has now. The person's stated expectation goes before the target.</summary>
    internal static void Watch(TurnContext turn, Ticket ticket)
    {
        if (Due(ticket) is { } due && due > turn.Now)
        {
            turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.MayMiss, Moment(turn, ticket, due, AskAt)));
            turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.WillMiss));
        }
    }

    /// <summary>Asks in the team's thread: the owner, or the lead while nobody has it.</summary>
    internal static async ValueTask AskAsync(TurnContext context, Ticket ticket)
    {
        if (Due(ticket) is not { } due || due <= context.Now)
        {
            return;
        }

        context.Decision.Add(new SetTimer(ticket.Id, TimerKinds.WillMiss, Moment(context, ticket, due, (TellAt - AskAt) / (1 - AskAt))));
        if (ticket.State is TicketState.WaitingUser or TicketState.WaitingApproval)
        {
            // Whoever it waits for is not the team.
            return;
        }

        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id };
        await context.TellTeamAsync(
            ticket,
            new Card(
                [new TextPart(Phrase.Key("foresight.ask", ("ticket", ticket.Id), ("due", Phrase.At(due))))],
                [new Button(Phrase.Key("button.holds"), "holds", data), new Button(Phrase.Key("button.longer"), "longer", data)]),
            ticket.Owner ?? context.Desk.Team(ticket.Team)?.Lead);
    }

    /// <summary>Tells the person, once for each time they were given, before it is over.</summary>
    internal static async ValueTask TellAsync(TurnContext context, Ticket ticket)
    {
        if (Due(ticket) is not { } due || ticket.Foretold == due)
        {
            return;
        }

        if (ticket.Holds == due && context.Now < due)
        {
            // Its owner is sure. Should they be wrong, the person hears it at once.
            context.Decision.Add(new SetTimer(ticket.Id, TimerKinds.WillMiss, due));
            return;
        }

        var next = Promises.NextUpdate(ticket, context.Desk, context.Now);
        var told = context.Decision.Apply(ticket, new MissForeseen(due, next) { At = context.Now, By = "desk" });
        context.Decision.Add(new SetTimer(ticket.Id, TimerKinds.NextWord, next));
        var state = await RequesterCard.StateAsync(told, new TicketView(context.Desk, context.Now, context.Snapshot, ""));
        await context.TellRequesterAsync(told, new Card(
            [
                new TextPart(Phrase.Key($"foresight.late-{WayOf(told)}", ("ticket", ticket.Id), ("due", Phrase.At(due)))),
                new TextPart(state),
                new TextPart(Phrase.Key(ticket.State is TicketState.WaitingUser or TicketState.WaitingApproval ? "foresight.next" : "foresight.asked", ("next", Phrase.At(next)))),
            ],
            []));
    }

    /// <summary>The person was promised a word by now, and nobody has said one: the lead hears it.</summary>
    internal static async ValueTask RemindAsync(TurnContext context, Ticket ticket)
    {
        if (ticket.NextUpdate is { } next && next <= context.Now)
        {
            await context.TellTeamAsync(ticket, Card.Of(Phrase.Key("foresight.word-due", ("ticket", ticket.Id))), context.Desk.Team(ticket.Team)?.Lead);
        }
    }

    /// <summary>What the person expects: the time that was stated last, or the target.</summary>
    public static DateTimeOffset? Due(Ticket ticket) => ticket.Expected ?? ticket.Resolution?.Due;

    /// <summary>How people say that it is done: it works again, it is ready, or it is settled.</summary>
    internal static string WayOf(Ticket ticket) => ticket.Type is "incident" or "request" ? ticket.Type : "other";

    /// <summary>When this share of the time from now on is over, in the hours that count for it.</summary>
    private static DateTimeOffset Moment(TurnContext turn, Ticket ticket, DateTimeOffset due, double share)
    {
        if (OnCall.Covers(ticket, turn.Desk, turn.Now))
        {
            return turn.Now + ((due - turn.Now) * share);
        }

        var calendar = turn.Desk.CalendarOf(turn.Desk.Team(ticket.Team) ?? turn.Desk.Teams[0]);
        return WorkingTime.Add(calendar, turn.Now, WorkingTime.Between(calendar, turn.Now, due) * share);
    }
}
