using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Outgoing;

/// <summary>
/// Sends what commits left in the outbox: each conversation in order and one at a time, many conversations side by side.
/// Transient failures hold that conversation for a bounded time, a longer one while the whole channel is away; what can never work is buried
/// and the rest moves on.
/// </summary>
public sealed partial class OutboxSender(
    IDeskStore store,
    IEnumerable<IOutlet> outlets,
    Func<DeskBrain> brain,
    ISimilarityIndex similar,
    Signals signals,
    TimeProvider clock,
    IWebhooks webhooks,
    ILogger<OutboxSender> logger)
{
    private const int MostAtOnce = 32;

    /// <summary>So many that looking through all lanes costs little, and that other replicas, from which they are taken, have their share.</summary>
    private const int MostFound = 8 * MostAtOnce;

    /// <summary>For what a channel refuses while it takes other messages: a good quarter of an hour.</summary>
    private const int MostAttempts = 12;

    /// <summary>While a channel takes nothing at all, be it away or the desk's own sign-in refused: about a day.</summary>
    private const int MostAttemptsWhileAway = 300;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    /// <summary>Well within the time after which others take over from a replica that is silent.</summary>
    private static readonly TimeSpan KeepsFound = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IOutlet> _outlets = outlets.ToDictionary(outlet => outlet.Channel, StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _busy = new(StringComparer.Ordinal);

    // Sent, and the store would not take it down: such a message is never sent again by this process, only marked.
    private readonly ConcurrentDictionary<long, (OutboxMessage Message, SendResult.Sent Sent)> _unmarked = new();

    private readonly ChannelHealth _health = new(clock);

    // The first messages of lanes that nobody sends yet: looked up once for many, since looking goes through all lanes.
    private readonly Queue<OutboxMessage> _found = new();
    private DateTimeOffset _foundAt;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await SendDueAsync(cancellationToken))
                {
                    await WaitAsync(cancellationToken);

                    // Whatever else is ready goes first: in a crowd one look then finds the messages of many commits.
                    await Task.Yield();
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // The boundary of sending: the store may be away for a while. What is unsent stays stored.
                LogFailed(failure);
                await signals.OutboxAsync(AfterFailure, clock, cancellationToken);
            }
        }

        Task[] running;
        lock (_busy)
        {
            running = [.. _busy.Values];
        }

        await Task.WhenAll(running);
    }

    /// <summary>Starts sends for lanes that have something due; false when there is nothing more to start for now.</summary>
    private async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        string[] busy;
        lock (_busy)
        {
            busy = [.. _busy.Keys];
        }

        if (busy.Length >= MostAtOnce)
        {
            return false;
        }

        var isAll = false;
        if (_found.Count == 0 || clock.GetUtcNow() - _foundAt > KeepsFound)
        {
            _found.Clear();
            _foundAt = clock.GetUtcNow();
            foreach (var message in await store.DueMessagesAsync(_foundAt, busy, MostFound, cancellationToken))
            {
                _found.Enqueue(message);
            }

            isAll = _found.Count < MostFound;
        }

        var started = 0;
        for (; started < MostAtOnce - busy.Length && _found.TryDequeue(out var message); started++)
        {
            lock (_busy)
            {
                _busy[message.Lane] = SendOfLaneAsync(message, cancellationToken);
            }
        }

        return started > 0 && !(isAll && _found.Count == 0);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var next = await store.NextMessageDueAsync(cancellationToken) - clock.GetUtcNow();
        var wait = next is { } span && span < Sweep ? span : Sweep;
        await signals.OutboxAsync(wait > TimeSpan.FromMilliseconds(20) ? wait : TimeSpan.FromMilliseconds(20), clock, cancellationToken);
    }

    /// <summary>One message; the next one of its lane is found after it, like any other.</summary>
    private async Task SendOfLaneAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await TrySendAsync(message, cancellationToken);
        lock (_busy)
        {
            _busy.Remove(message.Lane);
        }

        // What waits in this lane was passed over as busy.
        signals.OutboxChanged();
    }

    private async Task TrySendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the message stays in the outbox and leaves after the next start.
        }
        catch (StoreUnavailableException unavailable)
        {
            // What became of the message is written down when the store is back.
            LogFailed(unavailable);
            await RestAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogSendFailed(failure, message.Id, message.To.Channel);
            await TryHoldAsync(message, failure, cancellationToken);
        }
    }

    private async Task TryHoldAsync(OutboxMessage message, Exception reason, CancellationToken cancellationToken)
    {
        try
        {
            await HoldAsync(message, new SendResult.Later(reason.GetType().Name, null), MostAttempts);
        }
        catch (StoreUnavailableException unavailable)
        {
            // Asking on at once would ask again and again.
            LogFailed(unavailable);
            await RestAsync(cancellationToken);
        }
    }

    private async Task RestAsync(CancellationToken cancellationToken) =>
        await Task.Delay(AfterFailure, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    private async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.What is Call call)
        {
            await CallAsync(message, call, cancellationToken);
            return;
        }

        if (_unmarked.TryGetValue(message.Id, out var done))
        {
            await MarkSentAsync(done.Message, done.Sent);
            return;
        }

        if (!_outlets.TryGetValue(message.To.Channel, out var outlet))
        {
            await BuryAsync(message, $"the desk does not speak on '{message.To.Channel}'");
            return;
        }

        var result = message.What switch
        {
            Post post => await PostAsync(outlet, message, post, cancellationToken),
            Replace replace => await ReplaceAsync(outlet, message.To, replace.PostId, replace.Card, ReaderOf(message), cancellationToken),
            Refresh refresh => await RefreshAsync(outlet, refresh, cancellationToken),
            _ => new SendResult.Refused("unknown delivery"),
        };
        switch (result)
        {
            case SendResult.Sent sent:
                if (_health.Took(message.To.Channel))
                {
                    LogBack(message.To.Channel);
                }

                _unmarked[message.Id] = (message, sent);
                await MarkSentAsync(message, sent);
                break;
            case SendResult.Superseded:
                await store.MarkSentAsync(message, null, clock.GetUtcNow(), CancellationToken.None);
                break;
            default:
                await SettleUnsentAsync(message, result);
                break;
        }
    }

    /// <summary>The answer is stored before the call counts as sent: after a crash in between it is made again, under the same key.</summary>
    private async Task CallAsync(OutboxMessage message, Call call, CancellationToken cancellationToken)
    {
        WebhookRequest? request;
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            request = await WebhookStep.RequestAsync(call, snapshot);
        }

        var result = request is null ? new SendResult.Refused("the ticket or its task is gone") : await webhooks.CallAsync(request, cancellationToken);
        if (result is SendResult.Sent sent)
        {
            await WebhookStep.SettleAsync(call, succeeded: true, store, brain(), clock, signals);
            await store.MarkSentAsync(message, sent, clock.GetUtcNow(), CancellationToken.None);
        }
        else
        {
            await SettleUnsentAsync(message, result);
        }
    }

    private Task SettleUnsentAsync(OutboxMessage message, SendResult result) => result switch
    {
        SendResult.Later later => HoldAsync(message, later, PatienceWith(message, later.Reason)),
        SendResult.Refused refused => BuryAsync(message, refused.Reason),
        SendResult.Vanished vanished => BuryAsync(message, vanished.Reason),
        _ => throw new UnreachableException($"{result.GetType().Name} is settled where it is sent."),
    };

    private async Task MarkSentAsync(OutboxMessage message, SendResult.Sent sent)
    {
        await store.MarkSentAsync(message, sent, clock.GetUtcNow(), CancellationToken.None);
        _unmarked.TryRemove(message.Id, out _);
    }

    private async Task<SendResult> PostAsync(IOutlet outlet, OutboxMessage message, Post post, CancellationToken cancellationToken)
    {
        var mirror = post.UnderMirror is { } id ? await MirrorAsync(id, cancellationToken) : null;
        if (mirror is not null && MirrorKind.IsLeft(mirror.Kind) && await IsRestrictedAsync(mirror.Ticket, cancellationToken))
        {
            // It waited here while the ticket became one that nobody in this place may see.
            return new SendResult.Superseded();
        }

        return await outlet.PostAsync(ThreadUnder(mirror) ?? message.To, post.Card, ReaderOf(message), cancellationToken);
    }

    private async Task<Mirror?> MirrorAsync(long id, CancellationToken cancellationToken)
    {
        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        return await snapshot.MirrorAsync(id);
    }

    private async Task<bool> IsRestrictedAsync(string ticket, CancellationToken cancellationToken)
    {
        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        return await snapshot.TicketAsync(ticket) is { Restricted: true };
    }

    private static Place? ThreadUnder(Mirror? mirror) =>
        mirror is { At: { Kind: PlaceKind.Channel, Thread: null }, PostId: { } root } ? mirror.At with { Thread = root } : mirror?.At;

    private static async Task<SendResult> ReplaceAsync(IOutlet outlet, Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken)
    {
        var result = await outlet.UpdateAsync(at, postId, card, reader, cancellationToken);
        return result is SendResult.Vanished ? await outlet.PostAsync(at, card, reader, cancellationToken) : result;
    }

    /// <summary>Draws the ticket's card from what is stored now, then sends it; the snapshot is given back before the network is asked.</summary>
    private async Task<SendResult> RefreshAsync(IOutlet outlet, Refresh refresh, CancellationToken cancellationToken)
    {
        (Mirror Mirror, Card? Card)? drawn;
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            drawn = await new MirrorCards(brain().Desk, similar, clock.GetUtcNow()).DrawAsync(refresh.Mirror, snapshot);
        }

        return drawn switch
        {
            null => new SendResult.Refused("the ticket or its mirror is gone"),
            (_, null) => new SendResult.Superseded(),
            ({ PostId: { Length: > 0 } post } mirror, { } card) => await ReplaceAsync(outlet, mirror.At, post, card, ReaderAt(mirror), cancellationToken),
            var (mirror, card) => await outlet.PostAsync(mirror.At, card, ReaderAt(mirror), cancellationToken),
        };
    }

    /// <param name="most">So often it is tried at most.</param>
    private async Task HoldAsync(OutboxMessage message, SendResult.Later later, int most)
    {
        if (message.Attempts + 1 >= most)
        {
            await BuryAsync(message, $"gave up after {most} attempts: {later.Reason}");
            return;
        }

        var wait = later.After ?? (message.Attempts < MostAttempts ? TimeSpan.FromMilliseconds(500 * Math.Pow(2, message.Attempts)) : LongestWait);
        await store.HoldAsync(message, clock.GetUtcNow() + (wait < LongestWait ? wait : LongestWait), later.Reason, CancellationToken.None);
    }

    /// <summary>What a channel that is away does not take waits for it; while it takes others, the message is at fault. A webhook is its own channel.</summary>
    private int PatienceWith(OutboxMessage message, string reason)
    {
        var channel = message.To.Channel;
        if (message.What is Call || _health.Takes(channel))
        {
            return MostAttempts;
        }

        if (message.Attempts + 1 >= MostAttempts && _health.Missed(channel))
        {
            LogAway(channel, reason);
        }

        return MostAttemptsWhileAway;
    }

    private async Task BuryAsync(OutboxMessage message, string reason)
    {
        LogBuried(message.Id, message.To.Channel, reason);
        if (message.What is Call call)
        {
            await WebhookStep.SettleAsync(call, succeeded: false, store, brain(), clock, signals);
        }

        await store.BuryAsync(message, reason, clock.GetUtcNow(), CancellationToken.None);
    }

    private Reader ReaderOf(OutboxMessage message) => ReaderOf(message.Language, message.Zone);

    private Reader ReaderAt(Mirror mirror) => ReaderOf(mirror.Language, mirror.Zone);

    private Reader ReaderOf(string language, string? zone) => Reader.For(language, zone ?? brain().Desk.Policies.Digest.Zone);

    [LoggerMessage(3001, LogLevel.Error, "Sending paused: the outbox could not be read")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(3002, LogLevel.Error, "Message {Id} to {Channel} failed in our own code and is tried again")]
    private partial void LogSendFailed(Exception failure, long id, string channel);

    [LoggerMessage(3003, LogLevel.Warning, "Message {Id} to {Channel} went to the dead letters: {Reason}")]
    private partial void LogBuried(long id, string channel, string reason);

    [LoggerMessage(3004, LogLevel.Warning, "{Channel} has taken nothing for a quarter of an hour ({Reason}). Messages wait for it for a day")]
    private partial void LogAway(string channel, string reason);

    [LoggerMessage(3005, LogLevel.Information, "{Channel} takes messages again")]
    private partial void LogBack(string channel);
}
