using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Teams;

/// <summary>Posts an answer where the platform gives no other way back: to <c>Action.Submit</c>, and what a short notice cannot hold.</summary>
internal sealed class PostedAnswers(TeamsOutlet outlet)
{
    /// <summary>Posts what an <c>Action.Submit</c> gets back; that arrives as a message, whose response shows nothing.</summary>
    public async Task PostAsync(Taken taken, CancellationToken cancellationToken)
    {
        if (!taken.IsNew || taken.Answer is not { } answer)
        {
            return;
        }

        _ = answer switch
        {
            ShowCard shown => await outlet.PostAsync(taken.Turn.Place, shown.Card, ReaderOf(answer), cancellationToken),
            ShowForm shown => await PrivatelyAsync(taken.Turn, AsCard(shown.Form), answer, cancellationToken),
            FieldErrors faults => await PrivatelyAsync(taken.Turn, AsCard(faults.Form, faults.Errors, FieldsOf(taken.Turn)), answer, cancellationToken),
            Tell told => await PrivatelyAsync(taken.Turn, told.Card, answer, cancellationToken),
            _ => null,
        };
    }

    /// <summary>For one person's eyes: in a shared place that is their own chat with the bot.</summary>
    public Task<SendResult> PrivatelyAsync(Turn turn, Card card, Answer answer, CancellationToken cancellationToken) =>
        outlet.PostAsync(
            turn.Place.Kind is PlaceKind.Personal ? turn.Place : turn.Place with { Conversation = $"@{turn.From.Account}", Thread = null, Kind = PlaceKind.Personal },
            card,
            ReaderOf(answer),
            cancellationToken);

    public static Reader ReaderOf(Answer answer) => Reader.For(answer.Language, answer.Zone);

    public static IReadOnlyDictionary<string, string> FieldsOf(Turn turn) =>
        turn.Input is Pressed pressed ? pressed.Fields : new Dictionary<string, string>(StringComparer.Ordinal);

    private static Card AsCard(Form form, IReadOnlyDictionary<string, Phrase>? errors = null, IReadOnlyDictionary<string, string>? values = null) =>
        new(
            [new TextPart(form.Title, TextStyle.Heading), .. form.Parts.Select(part => part is InputPart input ? Filled(input, errors, values) : part)],
            [new Button(form.Submit, form.Action, form.Data) { Style = ButtonStyle.Primary }]);

    private static InputPart Filled(InputPart input, IReadOnlyDictionary<string, Phrase>? errors, IReadOnlyDictionary<string, string>? values) =>
        input with { Value = values?.GetValueOrDefault(input.Id) ?? input.Value, Error = errors?.GetValueOrDefault(input.Id) ?? input.Error };
}
