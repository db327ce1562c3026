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

    /// <summary>"I see two things": each in its own words, and what may become of them.</summary>
    public static Card ForParts(Ticket query, IReadOnlyList<string> parts, string person) => new(
        [
            new TextPart(Phrase.Key(query.Frustrated ? "intake.sorry" : "intake.ack", ("person", person)), TextStyle.Heading),
            new TextPart(Phrase.Key($"split.see-{parts.Count}")),
            .. parts.Select((part, i) => new TextPart($"{i + 1}. {part}", TextStyle.Quote)),
            .. SafeStep.PartsFor(query),
        ],
        [
            Split(query, Phrase.Key(parts.Count == 2 ? "button.both-right" : "button.all-right"), Intake.SplitQuery.All) with { Style = ButtonStyle.Primary },
            Split(query, Phrase.Key("button.one-by-one"), Intake.SplitQuery.EachAlone),
            Split(query, Phrase.Key("button.one-thing"), Intake.SplitQuery.Together),
            new Button(Phrase.Key("button.person"), "person", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id }),
        ])
    {
        Summary = Phrase.Key($"split.see-{parts.Count}"),
    };

    private static Button Split(Ticket query, Phrase title, string value) =>
        new(title, "split", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["value"] = value });

    private static Button Answer(Ticket query, Phrase title, string value) =>
        new(title, "clarify", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["value"] = value });
}
