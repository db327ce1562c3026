using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Tests;

/// <summary>A store that does as it is told; each test overrides what it breaks.</summary>
internal class BrokenStore(IDeskStore store) : IDeskStore
{
    public Task OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public ValueTask<IDeskSnapshot> SnapshotAsync(CancellationToken cancellationToken) => store.SnapshotAsync(cancellationToken);

    public Task<bool> LookInAsync(CancellationToken cancellationToken) => store.LookInAsync(cancellationToken);

    public Task<bool> HasMailOfAsync(string channel, string account, CancellationToken cancellationToken) => store.HasMailOfAsync(channel, account, cancellationToken);

    public virtual Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken) => store.CommitAsync(unit, cancellationToken);

    public virtual Task<Accepted> AcceptAsync(Turn turn, CancellationToken cancellationToken) => store.AcceptAsync(turn, cancellationToken);

    public virtual Task<IReadOnlyList<InboxRow>> UndoneTurnsAsync(CancellationToken cancellationToken) => store.UndoneTurnsAsync(cancellationToken);

    public ValueTask<long> NextNumberAsync(CancellationToken cancellationToken) => store.NextNumberAsync(cancellationToken);

    public virtual Task<IReadOnlyList<OutboxMessage>> DueMessagesAsync(DateTimeOffset now, IReadOnlyCollection<string> busyLanes, int limit, CancellationToken cancellationToken) =>
        store.DueMessagesAsync(now, busyLanes, limit, cancellationToken);

    public Task<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellationToken) => store.NextMessageDueAsync(cancellationToken);

    public virtual Task MarkSentAsync(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.MarkSentAsync(message, sent, at, cancellationToken);

    public Task HoldAsync(OutboxMessage message, DateTimeOffset until, string reason, CancellationToken cancellationToken) => store.HoldAsync(message, until, reason, cancellationToken);

    public Task BuryAsync(OutboxMessage message, string reason, DateTimeOffset at, CancellationToken cancellationToken) => store.BuryAsync(message, reason, at, cancellationToken);

    public Task<IReadOnlyList<DueTimer>> DueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => store.DueTimersAsync(now, limit, cancellationToken);

    public Task<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken) => store.NextTimerDueAsync(cancellationToken);

    public Task ForgetAsync(DateTimeOffset inboxBefore, DateTimeOffset outboxBefore, CancellationToken cancellationToken) => store.ForgetAsync(inboxBefore, outboxBefore, cancellationToken);
}
