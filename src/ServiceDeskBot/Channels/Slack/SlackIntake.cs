using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>The last step before a delivery is accepted: who acts, and where their personal conversation is.</summary>
public sealed class SlackIntake(ITurns turns, SlackPeople people, SlackDirectMessages directMessages)
{
    /// <summary>The turn as it was handed in, and what became of it.</summary>
    /// <param name="deadline">Ends the questions to Slack; what is not known by then stays open.</param>
    /// <exception cref="StoreUnavailableException">The store did not take it.</exception>
    /// <exception cref="InvalidDataException">An id is none; it would break a line of the log.</exception>
    public async Task<(Turn Turn, Received Received)> TakeAsync(Turn turn, CancellationToken deadline)
    {
        if (turn.Key.Any(char.IsControl) || turn.From.Account.Any(char.IsControl))
        {
            throw new InvalidDataException("An id has control characters.");
        }

        var from = turn.Input is Departed ? Task.FromResult(turn.From) : people.IntroduceAsync(turn.From, deadline);
        var place = SettleAsync(turn.Place, deadline);
        var input = IntroduceAuthorAsync(turn.Input, deadline);
        var complete = turn with { From = await from, Place = await place, Input = await input };

        // Not tied to the request: Slack may hang up, the delivery is taken all the same.
        return (complete, await turns.AcceptAsync(complete, CancellationToken.None));
    }

    private async Task<Place> SettleAsync(Place place, CancellationToken deadline)
    {
        if (!place.Conversation.StartsWith('@'))
        {
            return place;
        }

        try
        {
            var (conversation, _) = await directMessages.OpenAsync(place.Conversation[1..], deadline);
            return conversation is null ? place : place with { Conversation = conversation };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return place;
        }
    }

    private async Task<TurnInput> IntroduceAuthorAsync(TurnInput input, CancellationToken deadline) =>
        input is TicketFromMessage { Author: { } author } picked
            ? picked with { Author = await people.IntroduceAsync(author, deadline) }
            : input;
}
