using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.ServiceLevels;

/// <summary>What a ticket's person may expect, by priority and the team's calendar.</summary>
public static class Promises
{
    /// <summary>The targets as an event. Counted from <paramref name="from"/> (default: now).</summary>
    public static TargetSet For(Ticket ticket, DeskContent desk, DateTimeOffset now, DateTimeOffset? from = null)
    {
        var target = desk.Policies.Targets[ticket.Priority];
        var begin = from ?? now;
        var resolution = desk.Item(ticket.Item) is { } item ? item.Promise : target.Resolution;
        return new TargetSet(
            After(ticket, desk, begin, target.Response, now),
            After(ticket, desk, begin, resolution, now),
            After(ticket, desk, now, target.Update, now))
        {
            At = now,
            By = "desk",
        };
    }

    /// <summary>When the person hears again after a word at <paramref name="now"/>.</summary>
    public static DateTimeOffset NextUpdate(Ticket ticket, DeskContent desk, DateTimeOffset now) =>
        After(ticket, desk, now, desk.Policies.Targets[ticket.Priority].Update, now);

    /// <summary>Within how long somebody takes it, counted from now.</summary>
    public static DateTimeOffset Response(Ticket ticket, DeskContent desk, DateTimeOffset now) =>
        After(ticket, desk, now, desk.Policies.Targets[ticket.Priority].Response, now);

    /// <summary>In the team's hours; on the clock where somebody on call is called.</summary>
    private static DateTimeOffset After(Ticket ticket, DeskContent desk, DateTimeOffset from, TimeSpan span, DateTimeOffset now) =>
        OnCall.Covers(ticket, desk, now) ? from + span : WorkingTime.Add(desk.CalendarOf(desk.Team(ticket.Team) ?? desk.Teams[0]), from, span);
}
