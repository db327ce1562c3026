using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>The one question that comes before the restatement when the words leave two or three readings: a button each, and the way out.</summary>
internal static class QuestionCard
{
    public static Card For(Ticket query, Clarification asked, string person, string summary) => new(
        [
            new TextPart(Phrase.Key(query.Frustrated ? "intake.sorry" : "intake.ack", ("person", person)), TextStyle.Heading),
            new TextPart(summary, TextStyle.Quote),
            new TextPart(Phrase.Key($"clarify.{asked.About}", ("options", asked.Choices))),
        ],
        [
            .. asked.Candidates.Select(label => Answer(query, asked.TitleOf(label), label)),
            Answer(query, Phrase.Key("button.neither"), Clarification.Neither),
            new Button(Phrase.Key("button.person"), "person", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id }),
        ])
    {
        Summary = Phrase.Key($"clarify.{asked.About}", ("options", asked.Choices)),
    };

    private static Button Answer(Ticket query, Phrase title, string value) =>
        new(title, "clarify", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["value"] = value });
}
