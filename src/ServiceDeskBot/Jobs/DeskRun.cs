using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Triage.Artefacts;

namespace ServiceDeskBot.Jobs;

/// <summary>Starts the desk's work before the first request is taken, and ends it in order: take up what was left, then send and keep time.</summary>
public sealed partial class DeskRun(
    IDeskStore store,
    DeskContent desk,
    RunningTriage triage,
    SharedShelf models,
    ISimilarityIndex similar,
    TurnQueue turns,
    OutboxSender sender,
    TimerKeeper timers,
    Signals signals,
    TimeProvider clock,
    IOptions<DataOptions> data,
    ILogger<DeskRun> logger) : IHostedService, IDisposable
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan ModelLook = TimeSpan.FromSeconds(30);

    /// <summary>What rings again and again from the first start on.</summary>
    private static readonly (string Kind, TimeSpan After)[] Forever =
    [
        (TimerKinds.Health, TimeSpan.FromMinutes(15)), (TimerKinds.Retention, TimeSpan.FromHours(1)), (TimerKinds.Sweep, TimeSpan.FromHours(1)), (TimerKinds.Watch, TimeSpan.FromDays(7)),
    ];

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        await models.FollowAsync(cancellationToken);
        triage.Refresh();
        await IntroduceAsync(cancellationToken);
        var texts = new KnownTexts(store, desk, similar);
        await texts.FillAsync(cancellationToken);
        signals.TicketsChanged = changed =>
        {
            if (!changed.Any(KnownTexts.IsKnown))
            {
                return;
            }

            // Not a part of the turn that changed them, nor of its trace.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => texts.UpdateAsync(changed, _stopping.Token));
            }
        };
        if (store is ISharedStore shared)
        {
            shared.ChangedElsewhere = changed =>
            {
                signals.ChangedElsewhere();
                _ = texts.UpdateAsync(changed, _stopping.Token);
            };
        }

        await turns.ResumeAsync(cancellationToken);
        _running = Task.WhenAll(sender.RunAsync(_stopping.Token), timers.RunAsync(_stopping.Token), turns.TakeOverAsync(_stopping.Token), FollowModelAsync());

        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        var figures = await snapshot.FiguresAsync();
        LogOpened(data.Value.FullPath, figures.Tickets, figures.OpenTickets, figures.UndoneTurns, figures.UnsentMessages);
        if (triage.Problem is { } problem)
        {
            LogFallback(triage.Version, problem);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await turns.DrainedAsync().WaitAsync(cancellationToken);
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    /// <summary>A model that was promoted or rolled back by a command, beside this replica or another, is taken up without a restart.</summary>
    private async Task FollowModelAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(ModelLook, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            try
            {
                await models.FollowAsync(_stopping.Token);
                triage.Refresh();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                // What runs goes on; the next look may find more.
                LogNotFollowed(failure.Message);
            }
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Stores the people of <c>people.yaml</c> and sets the timers that run for ever.</summary>
    private async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
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

    [LoggerMessage(1001, LogLevel.Information, "Desk opened in {Path}: {Tickets} tickets, {Open} of them open; {Undone} deliveries and {Unsent} messages left to do")]
    private partial void LogOpened(string path, long tickets, long open, long undone, long unsent);

    [LoggerMessage(1003, LogLevel.Warning, "Whether another model was promoted could not be looked at: {Reason}")]
    private partial void LogNotFollowed(string reason);

    [LoggerMessage(1002, LogLevel.Warning, "Triage runs on {Version}: {Problem}")]
    private partial void LogFallback(string version, string problem);
}
