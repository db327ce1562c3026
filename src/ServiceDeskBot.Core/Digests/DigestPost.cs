using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Digests;

/// <summary>When a digest goes out: daily at the desk's hour in the manager's own zone, once per day, silent when nothing is new; or when asked.</summary>
public static class DigestPost
{
    /// <summary>A manager says "digest": the last day, here and now, whether or not there is something new.</summary>
    public static async ValueTask AskedAsync(TurnContext context)
    {
        var from = context.Now - TimeSpan.FromDays(1);
        var digest = await ManagerDigest.ReadAsync(TeamsOf(context.Actor, context.Desk), context.Reading.Model, context.Snapshot, context.Desk, from, context.Now);
        context.Decision.Answer = new Tell(digest.IsEmpty
            ? Card.Of(Phrase.Key("digest.nothing"))
            : await digest.ToCardAsync(context.Snapshot, from, context.Now));
    }

    /// <summary>The daily timer: posts the digest of the day before and sets the next one.</summary>
    public static async ValueTask DueAsync(TurnContext context, Person manager)
    {
        var zone = context.ZoneOf(manager);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Now, zone).DateTime);
        context.Decision.Add(new SetTimer(manager.Id, TimerKinds.Digest, Next(context.Now, context.Desk.Policies.Digest.At, zone)));
        if (await context.Snapshot.WasToldAsync(manager.Id, today))
        {
            return;
        }

        var from = context.Now - TimeSpan.FromDays(1);
        var digest = await ManagerDigest.ReadAsync(TeamsOf(manager, context.Desk), context.Reading.Model, context.Snapshot, context.Desk, from, context.Now);
        if (!digest.IsEmpty && await context.ReachAsync(manager.Id) is { } place)
        {
            context.Decision.Add(new MarkTold(manager.Id, today));
            context.Decision.Say(place, await digest.ToCardAsync(context.Snapshot, from, context.Now), manager);
        }
    }

    /// <summary>The teams of the services that the manager owns; all teams for a manager who owns none.</summary>
    public static IReadOnlyList<Team> TeamsOf(Person manager, DeskContent desk)
    {
        var owned = desk.Services.Where(service => service.Owner == manager.Id).Select(service => service.Team).ToHashSet(StringComparer.Ordinal);
        return [.. desk.Teams.Where(team => owned.Count == 0 || owned.Contains(team.Id) || team.Lead == manager.Id)];
    }

    /// <summary>The next moment of this local time, always later than now.</summary>
    public static DateTimeOffset Next(DateTimeOffset now, TimeOnly at, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        while (true)
        {
            var local = day.ToDateTime(at);
            local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
            var moment = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            if (moment > now)
            {
                return moment;
            }

            day = day.AddDays(1);
        }
    }
}
