using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Hosts;

/// <summary>The store as one host sees it: slow at times, away at times, and a host may die before or after everything it asks to be written.</summary>
internal sealed class HostStore(SimulatedHost host, World world) : IDeskStore
{
    private long _idleMessages = -1;
    private long _idleTimers = -1;
    private DateTimeOffset? _nextMessage;
    private DateTimeOffset? _nextTimer;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<IDeskSnapshot> SnapshotAsync(CancellationToken cancellationToken) =>
        new(world.Store.Ask(store => store.SnapshotAsync(cancellationToken).AsTask()));

    public Task<bool> LookInAsync(CancellationToken cancellationToken) => Read(store => store.LookInAsync(cancellationToken));

    public Task<bool> HasMailOfAsync(string channel, string account, CancellationToken cancellationToken) =>
        Read(store => store.HasMailOfAsync(channel, account, cancellationToken));

    public async Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await BeforeAsync("a commit");
        var result = world.Store.Change(store => store.CommitAsync(unit, CancellationToken.None));
        world.Audit.Committed(unit, result, host);
        await AfterAsync("a commit");
        return result;
    }

    public async Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        await BeforeAsync("accepting");
        var accepted = world.Store.Change(store => store.AcceptAsync(turn, CancellationToken.None));
        world.Audit.Inbox.Accepted(turn, accepted);
        await AfterAsync("accepting");
        return accepted;
    }

    public Task<IReadOnlyList<InboxRow>> UndoneTurnsAsync(CancellationToken cancellationToken) => Read(store => store.UndoneTurnsAsync(cancellationToken));

    public ValueTask<long> NextNumberAsync(CancellationToken cancellationToken) => new(world.Store.Ask(store => store.NextNumberAsync(cancellationToken).AsTask()));

    public Task<IReadOnlyList<OutboxMessage>> DueMessagesAsync(DateTimeOffset now, IReadOnlyCollection<string> busyLanes, int limit, CancellationToken cancellationToken)
    {
        // Half of all that a quiet desk does is to look whether there is something to do. As long as nothing was written, nothing has come.
        if (_idleMessages == world.Store.Changes && (_nextMessage is null || now < _nextMessage))
        {
            return Task.FromResult<IReadOnlyList<OutboxMessage>>([]);
        }

        var due = world.Store.Ask(store => store.DueMessagesAsync(now, busyLanes, limit, cancellationToken));
        world.Audit.Outgoing.HandedOut(due);
        _idleMessages = -1;
        return Task.FromResult(due);
    }

    public Task<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellationToken)
    {
        if (_idleMessages != world.Store.Changes)
        {
            _nextMessage = world.Store.Ask(store => store.NextMessageDueAsync(cancellationToken));
            _idleMessages = world.Store.Changes;
        }

        return Task.FromResult(_nextMessage);
    }

    public async Task MarkSentAsync(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await BeforeAsync("marking as sent");
        world.Store.Change(store => Done(store.MarkSentAsync(message, sent, at, CancellationToken.None)));
        world.Audit.Outgoing.MarkedSent(message, sent);
        await AfterAsync("marking as sent");
    }

    public async Task HoldAsync(OutboxMessage message, DateTimeOffset until, string reason, CancellationToken cancellationToken)
    {
        await BeforeAsync("holding");
        world.Store.Change(store => Done(store.HoldAsync(message, until, reason, CancellationToken.None)));
        await AfterAsync("holding");
    }

    public async Task BuryAsync(OutboxMessage message, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await BeforeAsync("burying");
        world.Store.Change(store => Done(store.BuryAsync(message, reason, at, CancellationToken.None)));
        world.Audit.Outgoing.Buried(message, reason);
        await AfterAsync("burying");
    }

    public Task<IReadOnlyList<DueTimer>> DueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        if (_idleTimers == world.Store.Changes && (_nextTimer is null || now < _nextTimer))
        {
            return Task.FromResult<IReadOnlyList<DueTimer>>([]);
        }

        return Read(store => store.DueTimersAsync(now, limit, cancellationToken));
    }

    public Task<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken)
    {
        if (_idleTimers != world.Store.Changes)
        {
            _nextTimer = world.Store.Ask(store => store.NextTimerDueAsync(cancellationToken));
            _idleTimers = world.Store.Changes;
        }

        return Task.FromResult(_nextTimer);
    }

    public async Task ForgetAsync(DateTimeOffset inboxBefore, DateTimeOffset outboxBefore, CancellationToken cancellationToken)
    {
        await BeforeAsync("forgetting");
        world.Store.Change(store => Done(store.ForgetAsync(inboxBefore, outboxBefore, CancellationToken.None)));
        await AfterAsync("forgetting");
    }

    private Task<T> Read<T>(Func<IDeskStore, Task<T>> question) => Task.FromResult(world.Store.Ask(question));

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private async Task BeforeAsync(string what)
    {
        if (world.Weather.Waits() is { } wait)
        {
            await host.Life.PauseAsync(wait);
        }

        await host.DieHereAsync($"before {what}");
        if (world.Weather.StoreIsAway())
        {
            world.Journal.Write($"{host.Life.Name}: the store is away for {what}");
            world.Store.Touch();
            throw new StoreUnavailableException("The disk is full.", new IOException("No space left on device"));
        }
    }

    private async Task AfterAsync(string what)
    {
        await host.DieHereAsync($"after {what}");
        if (world.Weather.Waits() is { } wait)
        {
            await host.Life.PauseAsync(wait);
        }
    }
}
