using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Feedback;

/// <summary>The survey's questions, one tap each.</summary>
public static class SurveyCards
{
    public static Card Function(string ticket) => Ask("survey.function", ticket, "function", ("yes", "survey.yes"), ("partly", "survey.partly"), ("no", "survey.no"));

    public static Card Feeling(string ticket) => Ask("survey.feeling", ticket, "feeling", ("5", "survey.5"), ("4", "survey.4"), ("3", "survey.3"), ("2", "survey.2"), ("1", "survey.1"));

    public static Card Need(string ticket) => Ask("survey.need", ticket, "need", ("yes", "survey.yes"), ("partly", "survey.partly"), ("no", "survey.no"));

    public static Card Comment(string ticket) => new(
        [
            new TextPart(Phrase.Key("survey.comment"), TextStyle.Heading),
            new InputPart("text", Phrase.Key("survey.comment-label"), InputKind.LongText, Required: false),
            new TextPart(Phrase.Key("survey.difference"), TextStyle.Subtle),
        ],
        [
            Button(ticket, "survey.named", "send", "named") with { Style = ButtonStyle.Primary },
            Button(ticket, "survey.anonymous", "send", "anonymous"),
            Button(ticket, "button.skip", "skip", "skip"),
        ]);

    private static Card Ask(string text, string ticket, string question, params (string Value, string Text)[] answers) => new(
        [new TextPart(Phrase.Key(text, ("ticket", ticket)), TextStyle.Heading)],
        [.. answers.Select(answer => Button(ticket, answer.Text, question, answer.Value)), Button(ticket, "button.skip", "skip", "skip")]);

    private static Button Button(string ticket, string title, string question, string value) =>
        new(Phrase.Key(title), "survey", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket, ["question"] = question, ["value"] = value });
}
