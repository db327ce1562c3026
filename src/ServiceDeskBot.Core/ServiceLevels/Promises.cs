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
        var calendar = desk.CalendarOf(desk.Team(ticket.Team) ?? desk.Teams[0]);
        var begin = from ?? now;
        var resolution = desk.Item(ticket.Item) is { } item ? item.Promise : target.Resolution;
        return new TargetSet(
            WorkingTime.Add(calendar, begin, target.Response),
            WorkingTime.Add(calendar, begin, resolution),
            WorkingTime.Add(calendar, now, target.Update))
        {
            At = now,
            By = "desk",
        };
    }

    /// <summary>When the person hears again after a word at <paramref name="now"/>.</summary>
    public static DateTimeOffset NextUpdate(Ticket ticket, DeskContent desk, DateTimeOffset now) =>
        WorkingTime.Add(desk.CalendarOf(desk.Team(ticket.Team) ?? desk.Teams[0]), now, desk.Policies.Targets[ticket.Priority].Update);
}
