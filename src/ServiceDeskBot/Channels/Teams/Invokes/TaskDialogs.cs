using ServiceDeskBot.Cards;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary>Dialogs in Teams (task modules): <c>task/fetch</c> opens one with a form, and what is sent from one is answered in it.</summary>
internal sealed class TaskDialogs(ActivityTranslation translation, TurnReception reception, AdaptiveCardRenderer renderer, Phrasebook phrasebook)
{
    // Teams gives a dialog 5 s in all, of which looking people up may take some.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary><c>task/fetch</c>: a button asks for its form.</summary>
    public async Task<InvokeResponse> OpenAsync(Activity activity, CancellationToken cancellationToken) =>
        PressedButton.Read(null, activity.Value.Member("data"), null) is { } pressed
            ? await AnswerAsync(activity, pressed, pressed.Fields, cancellationToken)
            : InvokeResponse.NotHandled;

    /// <param name="typed">What was filled in, which a form that comes back with faults keeps.</param>
    public async Task<InvokeResponse> AnswerAsync(Activity activity, TurnInput input, IReadOnlyDictionary<string, string> typed, CancellationToken cancellationToken)
    {
        var taken = await reception.TakeAsync(translation.InvokeTurn(activity, input), activity, Patience, cancellationToken);
        var reader = taken.Answer is { } answer ? PostedAnswers.ReaderOf(answer) : Reader.For(activity.Locale, activity.LocalTimezone);
        return taken.Answer switch
        {
            null => InvokeResponse.DialogMessage(phrasebook.Say(Phrase.Key("teams.stillWorking"), reader)),
            ShowCard shown => Show(shown.Card, reader),
            Tell told => Show(told.Card, reader),
            ShowForm shown => Show(shown.Form, reader),
            FieldErrors faults => Show(faults.Form, reader, faults.Errors, typed),
            _ => InvokeResponse.DialogMessage(phrasebook.Say(Phrase.Key("teams.createTicket.done"), reader)),
        };
    }

    public InvokeResponse Show(Form form, Reader reader, IReadOnlyDictionary<string, Phrase>? errors = null, IReadOnlyDictionary<string, string>? values = null) =>
        InvokeResponse.Dialog(phrasebook.Say(form.Title, reader), renderer.RenderForm(form, reader, errors, values, knowsExecute: false));

    private InvokeResponse Show(Card card, Reader reader)
    {
        var notice = Notice.Of(card, phrasebook, reader);
        return notice.IsWhole
            ? InvokeResponse.DialogMessage(notice.Text)
            : InvokeResponse.Dialog(phrasebook.Say(Phrase.Key("teams.createTicket"), reader), renderer.Render(card, reader, knowsExecute: false));
    }
}
