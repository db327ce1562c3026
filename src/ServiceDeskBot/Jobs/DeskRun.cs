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
    ISimilarityIndex similar,
    TurnQueue turns,
    OutboxSender sender,
    TimerKeeper timers,
    Signals signals,
    TimeProvider clock,
    IOptions<DataOptions> data,
    ILogger<DeskRun> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan ModelLook = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        await IntroduceAsync(cancellationToken);
        var texts = new KnownTexts(store, desk, similar);
        await texts.FillAsync(cancellationToken);
        signals.TicketsChanged = changed => _ = texts.UpdateAsync(changed, _stopping.Token);
        await turns.ResumeAsync(cancellationToken);
        _running = Task.WhenAll(sender.RunAsync(_stopping.Token), timers.RunAsync(_stopping.Token), FollowModelAsync());

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

    /// <summary>A model that was promoted or rolled back by a command is taken up without a restart.</summary>
    private async Task FollowModelAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(ModelLook, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            triage.Refresh();
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Stores the people of <c>people.yaml</c> and sets the timers that run for ever.</summary>
    private async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var writes = new List<Write> { new SetTimer("desk", TimerKinds.Retention, now + TimeSpan.FromHours(1)) { OnlyIfAbsent = true }, new SetTimer("desk", TimerKinds.Sweep, now + TimeSpan.FromHours(1)) { OnlyIfAbsent = true }, new SetTimer("desk", TimerKinds.Watch, now + TimeSpan.FromDays(7)) { OnlyIfAbsent = true } };
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

        await store.CommitAsync(new UnitOfWork(writes), cancellationToken);
    }

    [LoggerMessage(1001, LogLevel.Information, "Desk opened in {Path}: {Tickets} tickets, {Open} of them open; {Undone} deliveries and {Unsent} messages left to do")]
    private partial void LogOpened(string path, long tickets, long open, long undone, long unsent);

    [LoggerMessage(1002, LogLevel.Warning, "Triage runs on {Version}: {Problem}")]
    private partial void LogFallback(string version, string problem);
}
