using System.Collections.Concurrent;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

/// <summary>Accepts every delivery once by its key, remembers it, and answers as told.</summary>
internal sealed class RecordingTurns : ITurns
{
    private readonly ConcurrentDictionary<string, Task<Answer>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Turn> _accepted = new();

    /// <summary>The answer to a new turn; nothing at once unless told otherwise.</summary>
    public Func<Turn, Task<Answer>> Answering { get; set; } = _ => Task.FromResult(Answer.None);

    public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

    public bool IsDown { get; set; }

    /// <summary>New deliveries, in order.</summary>
    public IReadOnlyList<Turn> Accepted => [.. _accepted];

    public Turn Only => Assert.Single(Accepted);

    public Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new StoreUnavailableException("The disk is full.", new IOException());
        }

        var isNew = false;
        var answer = _answers.GetOrAdd(turn.Key, _ =>
        {
            isNew = true;
            return Answering(turn);
        });
        if (isNew)
        {
            _accepted.Enqueue(turn);
        }

        return Task.FromResult(new Received(isNew, answer));
    }

    public async Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken)
    {
        var received = await AcceptAsync(turn, cancellationToken);
        return new Decided(received.IsNew, await received.Answer);
    }

    public ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken) => ValueTask.FromResult(Known.Contains(account));
}
