using ServiceDeskBot.Cards;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary><c>adaptiveCard/action</c>: a button of a card was pressed, and the answer goes back in the response.</summary>
internal sealed class CardActions(
    ActivityTranslation translation,
    TurnReception reception,
    PostedAnswers posted,
    AdaptiveCardRenderer renderer,
    Phrasebook phrasebook)
{
    // Teams gives up after 15 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<InvokeResponse> AnswerAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (PressedButton.FromExecute(activity) is not { } pressed)
        {
            var text = phrasebook.Say(Phrase.Key("teams.notOurs"), Reader.For(activity.Locale, null));
            return InvokeResponse.CardFault(StatusCodes.Status400BadRequest, "BadRequest", text);
        }

        var taken = await reception.TakeAsync(translation.InvokeTurn(activity, pressed), activity, Patience, cancellationToken);
        var reader = taken.Answer is { } answer ? PostedAnswers.ReaderOf(answer) : Reader.For(activity.Locale, null);
        return taken.Answer switch
        {
            null => Say("teams.stillWorking", reader),
            ShowCard shown => InvokeResponse.Card(renderer.Render(shown.Card, reader)),
            ShowForm shown => InvokeResponse.Card(renderer.RenderForm(shown.Form, reader)),
            FieldErrors faults => InvokeResponse.Card(renderer.RenderForm(faults.Form, reader, faults.Errors, pressed.Fields)),
            Tell told => await TellAsync(told, taken, reader, cancellationToken),
            _ => Say("teams.done", reader),
        };
    }

    /// <summary>
    /// A notice is short, gone after a moment, and has no buttons; a card in its place would take the shared card away from the
    /// person until somebody else changes it. So what is more than a sentence goes to the person's own chat, with the notice
    /// saying so; only where no chat can be opened does the card take that place.
    /// </summary>
    private async Task<InvokeResponse> TellAsync(Tell told, Taken taken, Reader reader, CancellationToken cancellationToken)
    {
        var said = Notice.Of(told.Card, phrasebook, reader);
        if (said.IsWhole)
        {
            return InvokeResponse.Message(said.Text);
        }

        if (taken.IsNew && await posted.PrivatelyAsync(taken.Turn, told.Card, told, cancellationToken) is not SendResult.Sent)
        {
            return InvokeResponse.Card(renderer.Render(told.Card, reader));
        }

        return Say(taken.Turn.Place.Kind is PlaceKind.Personal ? "teams.moreBelow" : "teams.moreInChat", reader, ("said", said.Text));
    }

    private InvokeResponse Say(string key, Reader reader, params (string, Phrase)[] arguments) =>
        InvokeResponse.Message(phrasebook.Say(Phrase.Key(key, arguments), reader));
}
