using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Activities that are answered with a bare 200: their turns go to the desk, replies come by the outbox.</summary>
internal sealed class ActivityTurns(ActivityTranslation translation, TurnReception reception, PostedAnswers posted)
{
    // Teams gives up after 15 s and may deliver again. Waiting keeps its order and slows a caller down that the desk cannot follow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>False when the activity does not concern the desk.</summary>
    public async Task<bool> TakeAsync(Activity activity, CancellationToken cancellationToken)
    {
        var turns = translation.TurnsOf(activity);
        foreach (var turn in turns)
        {
            var taken = await reception.TakeAsync(turn, activity, Patience, cancellationToken);
            if (turn.Input is Pressed)
            {
                await posted.PostAsync(taken, cancellationToken);
            }
        }

        return turns.Count > 0;
    }
}
