using System.Collections.Concurrent;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>A desk that notes what reaches it and answers as told; the same key gets the same answer.</summary>
internal sealed class RecordingTurns : ITurns
{
    private readonly ConcurrentDictionary<string, Turn> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Turn> _turns = new();

    public IReadOnlyList<Turn> Turns => [.. _turns];

    public Func<Turn, Answer> Answer { get; set; } = _ => Core.Conversations.Answer.None;

    /// <summary>When set, no turn is ever decided.</summary>
    public bool IsStuck { get; set; }

    public bool IsUnavailable { get; set; }

    public bool KnowsEverybody { get; set; } = true;

    public Turn Single() => Assert.Single(Turns);

    public T Single<T>()
        where T : TurnInput => Assert.IsType<T>(Single().Input);

    public Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (IsUnavailable)
        {
            throw new StoreUnavailableException("disk full", new IOException());
        }

        var isNew = _byKey.TryAdd(turn.Key, turn);
        if (isNew)
        {
            _turns.Enqueue(turn);
        }

        return Task.FromResult(new Received(isNew, IsStuck ? new TaskCompletionSource<Answer>().Task : Task.FromResult(Answer(turn))));
    }

    public async Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken)
    {
        var received = await AcceptAsync(turn, cancellationToken);
        return new Decided(received.IsNew, await received.Answer);
    }

    public ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken) => ValueTask.FromResult(KnowsEverybody);
}
