using System.Text.Json;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary>The message action <em>Create ticket</em>: a dialog with the message's words, then the answer in the same dialog.</summary>
internal sealed class MessageActions(
    ActivityTranslation translation,
    TurnReception reception,
    TeamsRoster roster,
    AdaptiveCardRenderer renderer,
    Phrasebook phrasebook)
{
    private const string CreateTicket = "create-ticket";
    private const string TextInput = "text";
    private const int LongestText = 10_000;

    // A message extension has 5 s in all, of which looking people up may take some.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary><c>composeExtension/fetchTask</c> on a message.</summary>
    public InvokeResponse Open(Activity activity)
    {
        if (activity.Value.Member("messagePayload") is not { ValueKind: JsonValueKind.Object } message)
        {
            return InvokeResponse.NotHandled;
        }

        var words = OutgoingActivity.Shorten(WordsOf(message), LongestText);
        return Show(FormFor(SourceOf(message), words), Reader.For(activity.Locale, activity.LocalTimezone));
    }

    /// <summary><c>composeExtension/submitAction</c> and <c>task/submit</c>: a button of such a dialog.</summary>
    public async Task<InvokeResponse> SubmitAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (PressedButton.Read(null, activity.Value.Member("data"), null) is not { } pressed)
        {
            return InvokeResponse.NotHandled;
        }

        var reader = Reader.For(activity.Locale, activity.LocalTimezone);
        if (pressed.Action != CreateTicket)
        {
            return Answer(await TakeAsync(activity, pressed, cancellationToken), pressed, reader);
        }

        var source = activity.Value.Member("messagePayload") is { } message ? SourceOf(message) : Source.From(pressed.Data);
        var words = pressed.Fields.GetValueOrDefault(TextInput)?.Trim() ?? "";
        if (words.Length == 0)
        {
            var errors = new Dictionary<string, Phrase>(StringComparer.Ordinal) { [TextInput] = Phrase.Key("teams.createTicket.empty") };
            return Show(FormFor(source, ""), reader, errors);
        }

        var author = await AuthorAsync(activity, source, cancellationToken);
        return Answer(await TakeAsync(activity, new TicketFromMessage(words, source.Post, author), cancellationToken), pressed, reader);
    }

    private Task<Taken> TakeAsync(Activity activity, TurnInput input, CancellationToken cancellationToken) =>
        reception.TakeAsync(translation.InvokeTurn(activity, input), activity, Patience, cancellationToken);

    private InvokeResponse Answer(Taken taken, Pressed pressed, Reader reader) => taken.Answer switch
    {
        null => InvokeResponse.DialogMessage(Say(Phrase.Key("teams.stillWorking"), reader)),
        ShowCard shown => Show(shown.Card, PostedAnswers.ReaderOf(shown)),
        Tell told => Show(told.Card, PostedAnswers.ReaderOf(told)),
        ShowForm shown => Show(shown.Form, PostedAnswers.ReaderOf(shown)),
        FieldErrors faults => Show(faults.Form, PostedAnswers.ReaderOf(faults), faults.Errors, pressed.Fields),
        _ => InvokeResponse.DialogMessage(Say(Phrase.Key("teams.createTicket.done"), reader)),
    };

    private InvokeResponse Show(Card card, Reader reader)
    {
        var notice = Notice.Of(card, phrasebook, reader);
        return notice.IsWhole
            ? InvokeResponse.DialogMessage(notice.Text)
            : InvokeResponse.Dialog(Say(Phrase.Key("teams.createTicket"), reader), renderer.Render(card, reader));
    }

    private InvokeResponse Show(Form form, Reader reader, IReadOnlyDictionary<string, Phrase>? errors = null, IReadOnlyDictionary<string, string>? values = null) =>
        InvokeResponse.Dialog(Say(form.Title, reader), renderer.RenderForm(form, reader, errors, values));

    private static Form FormFor(Source source, string words) => new(
        CreateTicket,
        Phrase.Key("teams.createTicket"),
        Phrase.Key("teams.createTicket"),
        [
            .. source.Name is { Length: > 0 } name ? [new TextPart(Phrase.Key("teams.createTicket.from", ("author", name)), TextStyle.Subtle)] : Array.Empty<CardPart>(),
            new InputPart(TextInput, Phrase.Key("teams.createTicket.text"), InputKind.LongText, Required: true) { Value = words, MaxLength = LongestText },
        ],
        source.AsData());

    private async Task<Sender?> AuthorAsync(Activity activity, Source source, CancellationToken cancellationToken)
    {
        if (source.DirectoryId is not { Length: > 0 } id || activity.From is not { Id: { } presser } from)
        {
            return null;
        }

        // The message names its author by directory id; only Teams can say which account that is.
        return string.Equals(id, from.AadObjectId, StringComparison.OrdinalIgnoreCase) || id == presser
            ? new Sender(presser, from.Name ?? "")
            : await roster.MemberAsync(ActivityTranslation.PlaceOf(activity), id, cancellationToken);
    }

    private static string WordsOf(JsonElement message)
    {
        var body = message.Member("body");
        var content = body.Member("content").Text() ?? "";
        return body.Member("contentType").Text() == "html" ? MessageText.OfHtml(content) : content.Trim();
    }

    private static Source SourceOf(JsonElement message)
    {
        var author = message.Member("from").Member("user");
        return new Source(message.Member("id").Text() ?? "", author.Member("id").Text(), author.Member("displayName").Text());
    }

    private string Say(Phrase phrase, Reader reader) => phrasebook.Say(phrase, reader);

    /// <summary>Where the words come from. Some clients do not repeat the message when the dialog is sent, so it travels in the form.</summary>
    private sealed record Source(string Post, string? DirectoryId, string? Name)
    {
        public static Source From(IReadOnlyDictionary<string, string> data) =>
            new(data.GetValueOrDefault("post") ?? "", data.GetValueOrDefault("author"), data.GetValueOrDefault("name"));

        public Dictionary<string, string> AsData() => new(StringComparer.Ordinal)
        {
            ["post"] = Post,
            ["author"] = DirectoryId ?? "",
            ["name"] = Name ?? "",
        };
    }
}
