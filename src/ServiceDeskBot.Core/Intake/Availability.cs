using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Intake;

/// <summary>When people are there and when the person hears from them, said honestly.</summary>
public static class Availability
{
    /// <summary>Text <c>{key}.open</c>, <c>{key}.always</c>, <c>{key}.on-call</c> or <c>{key}.closed</c> with team, hours and the moment of the next word.</summary>
    public static Phrase Promise(string key, Team team, DeskContent desk, DateTimeOffset now, Ticket ticket)
    {
        var calendar = desk.CalendarOf(team);
        var next = ticket.NextUpdate ?? Promises.Response(ticket, desk, now);
        var word = ("next", Phrase.At(next));
        var name = ("team", (Phrase)team.Name);
        if (OnCall.Covers(ticket, desk, now))
        {
            return Phrase.Key($"{key}.on-call", name, word);
        }

        if (BackAt(team, desk, now) is { } back)
        {
            return Phrase.Key($"{key}.closed", name, word, ("back", Phrase.At(back)));
        }

        return WorkingTime.OpenUntil(calendar, now) is { } until
            ? Phrase.Key($"{key}.open", name, word, ("until", Phrase.At(until, MomentStyle.Time)))
            : Phrase.Key($"{key}.always", name, word);
    }

    /// <summary>When the team is at work again; <c>null</c> while it is.</summary>
    public static DateTimeOffset? BackAt(Team team, DeskContent desk, DateTimeOffset now)
    {
        var calendar = desk.CalendarOf(team);
        return WorkingTime.IsOpen(calendar, now) ? null : WorkingTime.NextOpen(calendar, now);
    }
}
