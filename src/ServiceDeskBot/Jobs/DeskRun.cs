using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Triage.Artefacts;

namespace ServiceDeskBot.Jobs;

/// <summary>Starts the desk's work before the first request is taken, and ends it in order: take up what was left, then send and keep time.</summary>
public sealed partial class DeskRun(
    IDeskStore store,
    CurrentDesk desk,
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
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        await models.FollowAsync(cancellationToken);
        triage.Refresh();
        await Introduction.GiveAsync(desk.Content, store, clock.GetUtcNow(), cancellationToken);
        var texts = new KnownTexts(store, similar);
        await texts.FillAsync(desk.Content, cancellationToken);
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
        _running = Task.WhenAll(sender.RunAsync(_stopping.Token), timers.RunAsync(_stopping.Token), turns.TakeOverAsync(_stopping.Token), FollowAsync(texts));

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

    /// <summary>What was changed beside the desk is taken up without a restart: a model that a command promoted or rolled back, here or beside another replica, and the desk's content.</summary>
    private async Task FollowAsync(KnownTexts texts)
    {
        var introduced = desk.Content;
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

            // Files are read here: whoever keeps the time does not wait for that.
            await Task.Yield();
            try
            {
                await models.FollowAsync(_stopping.Token);
                triage.Refresh();
                desk.Refresh();
                if (desk.Content is var now && !ReferenceEquals(now, introduced))
                {
                    texts.Update(introduced, now);
                    await Introduction.GiveAsync(now, store, clock.GetUtcNow(), _stopping.Token);

                    // Only now: while the store is away its people are still to be introduced at the next look.
                    introduced = now;
                }
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

    [LoggerMessage(1001, LogLevel.Information, "Desk opened in {Path}: {Tickets} tickets, {Open} of them open; {Undone} deliveries and {Unsent} messages left to do")]
    private partial void LogOpened(string path, long tickets, long open, long undone, long unsent);

    [LoggerMessage(1003, LogLevel.Warning, "Whether another model was promoted, or the content changed, could not be looked at: {Reason}")]
    private partial void LogNotFollowed(string reason);

    [LoggerMessage(1002, LogLevel.Warning, "Triage runs on {Version}: {Problem}")]
    private partial void LogFallback(string version, string problem);
}
