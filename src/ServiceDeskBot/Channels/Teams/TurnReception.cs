using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>A turn in the desk's hands. <paramref name="Answer"/> is <c>null</c> when it was not decided in time; it will be.</summary>
internal sealed record Taken(Turn Turn, bool IsNew, Answer? Answer);

/// <summary>Hands turns to the desk and waits for the answer as long as Teams does.</summary>
internal sealed class TurnReception(ITurns turns, TeamsRoster roster, TimeProvider clock, ILogger<TurnReception> logger)
{
    /// <exception cref="StoreUnavailableException">Teams has to deliver again.</exception>
    public async Task<Taken> TakeAsync(Turn turn, Activity activity, TimeSpan patience, CancellationToken cancellationToken)
    {
        var introduced = await roster.IntroduceAsync(turn, activity, cancellationToken);
        try
        {
            var decided = await turns.DecideAsync(introduced, cancellationToken).WaitAsync(patience, clock, cancellationToken);
            return new Taken(introduced, decided.IsNew, decided.Answer);
        }
        catch (TimeoutException)
        {
            // Teams hears 200 now, so the delivery must be stored, whatever becomes of this process.
            var received = await turns.AcceptAsync(introduced, CancellationToken.None);
            logger.AnsweredEarly(turn.Key, patience);
            return new Taken(introduced, received.IsNew, null);
        }
    }
}
