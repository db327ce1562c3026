using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Where channels hand in what they translated. Accept, then work (design, section 4, point 1).</summary>
public interface ITurns
{
    /// <summary>Stores the delivery durably and lets it be decided in its conversation's order. When this returns, the platform may be told 200.</summary>
    /// <exception cref="StoreUnavailableException">The store did not take it: the platform must deliver again (answer 503).</exception>
    Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken);

    /// <summary>
    /// For a platform that is answered only after the work: accepts and decides in one commit. A second delivery gets the same answer.
    /// A caller that stops waiting and tells the platform 200 all the same has to <see cref="AcceptAsync">accept</see> the delivery first.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store did not take it: the platform must deliver again (answer 503).</exception>
    Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken);

    /// <summary>True once a platform account is tied to a person, so that the channel need not ask the platform who it is.</summary>
    ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken);
}

/// <summary>An accepted delivery.</summary>
/// <param name="IsNew">False for a second delivery of the same key.</param>
/// <param name="Answer">Ends when the turn is decided and committed; never faults: a turn whose code failed answers with an honest sentence.</param>
public sealed record Received(bool IsNew, Task<Answer> Answer);

/// <summary>A delivery that is decided and stored.</summary>
/// <param name="IsNew">False for a second delivery of the same key.</param>
public sealed record Decided(bool IsNew, Answer Answer);

/// <summary>Somebody sends more than the desk takes from one account or one organisation (answer 429).</summary>
/// <param name="after">When it may be tried again.</param>
public sealed class TooManyDeliveriesException(TimeSpan after) : Exception("More came in than is taken at once.")
{
    public TimeSpan After => after;
}

/// <summary>The database cannot be written right now.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
