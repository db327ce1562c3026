using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Jobs;

/// <summary>Stores the people of <c>people.yaml</c> and sets the timers that run for ever.</summary>
internal static class Introduction
{
    private const int MostAttempts = 3;

    /// <summary>What rings again and again from the first start on.</summary>
    private static readonly (string Kind, TimeSpan After)[] Forever =
    [
        (TimerKinds.Health, TimeSpan.FromMinutes(15)), (TimerKinds.Retention, TimeSpan.FromHours(1)), (TimerKinds.Sweep, TimeSpan.FromHours(1)), (TimerKinds.Watch, TimeSpan.FromDays(7)),
    ];

    public static async Task GiveAsync(DeskContent desk, IDeskStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var writes = new List<Write>(Forever.Select(timer => new SetTimer("desk", timer.Kind, now + timer.After) { OnlyIfAbsent = true }));
        foreach (var known in desk.People)
        {
            writes.Add(new PutPerson(Newcomers.Of(known)));
            writes.AddRange(known.Accounts.Select(account => new BindAccount(account.Key, account.Value, known.Id, null)));
            if (known.Roles.Contains("manager"))
            {
                var zone = TimeZoneInfo.TryFindSystemTimeZoneById(known.Zone, out var own) ? own : TimeZoneInfo.FindSystemTimeZoneById(desk.Policies.Digest.Zone);
                writes.Add(new SetTimer(known.Id, TimerKinds.Digest, DigestPost.Next(now, desk.Policies.Digest.At, zone)) { OnlyIfAbsent = true });
            }
        }

        // Replicas that start together store the same people at the same moment.
        for (var attempt = 1; attempt <= MostAttempts && await store.CommitAsync(new UnitOfWork(writes), cancellationToken) != CommitResult.Done; attempt++)
        {
        }
    }
}
