using System.Text.Json;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary>The message action <em>Create ticket</em>: a dialog with the message's words, then the answer in the same dialog.</summary>
internal sealed class MessageActions(TaskDialogs dialogs, TeamsRoster roster)
{
    private const string CreateTicket = "create-ticket";
    private const string TextInput = "text";
    private const int LongestText = 10_000;

    /// <summary><c>composeExtension/fetchTask</c> on a message.</summary>
    public InvokeResponse Open(Activity activity)
    {
        if (activity.Value.Member("messagePayload") is not { ValueKind: JsonValueKind.Object } message)
        {
            return InvokeResponse.NotHandled;
        }

        var words = OutgoingActivity.Shorten(WordsOf(message), LongestText);
        return dialogs.Show(FormFor(SourceOf(message), words), Reader.For(activity.Locale, activity.LocalTimezone));
    }

    /// <summary><c>composeExtension/submitAction</c> and <c>task/submit</c>: a button of a dialog, of this one or any other.</summary>
    public async Task<InvokeResponse> SubmitAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (PressedButton.Read(null, activity.Value.Member("data"), null) is not { } pressed)
        {
            return InvokeResponse.NotHandled;
        }

        if (pressed.Action != CreateTicket)
        {
            return await dialogs.AnswerAsync(activity, pressed, pressed.Fields, cancellationToken);
        }

        var source = activity.Value.Member("messagePayload") is { } message ? SourceOf(message) : Source.From(pressed.Data);
        var words = pressed.Fields.GetValueOrDefault(TextInput)?.Trim() ?? "";
        if (words.Length == 0)
        {
            var errors = new Dictionary<string, Phrase>(StringComparer.Ordinal) { [TextInput] = Phrase.Key("teams.createTicket.empty") };
            return dialogs.Show(FormFor(source, ""), Reader.For(activity.Locale, activity.LocalTimezone), errors);
        }

        var author = await AuthorAsync(activity, source, cancellationToken);
        return await dialogs.AnswerAsync(activity, new TicketFromMessage(words, source.Post, author), pressed.Fields, cancellationToken);
    }

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
