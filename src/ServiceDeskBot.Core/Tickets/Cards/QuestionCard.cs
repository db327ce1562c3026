using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
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
    public static Card ForParts(Ticket query, IReadOnlyList<string> parts, string person, DeskContent desk) => new(
        [
            new TextPart(Phrase.Key(query.Frustrated ? "intake.sorry" : "intake.ack", ("person", person)), TextStyle.Heading),
            new TextPart(Phrase.Key($"split.see-{parts.Count}")),
            .. parts.Select((part, i) => new TextPart($"{i + 1}. {part}", TextStyle.Quote)),
            .. SafeStep.PartsFor(query, desk),
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

    /// <summary>"Is this INC-1002 again?", with how that stands.</summary>
    public static Card ForAgain(Ticket query, Ticket open, string summary, Phrase state, string person) => new(
        [
            new TextPart(Phrase.Key(query.Frustrated ? "intake.sorry" : "intake.ack", ("person", person)), TextStyle.Heading),
            new TextPart(Phrase.Key("again.sounds-like", ("ticket", open.Id), ("at", Phrase.At(open.Opened)))),
            new TextPart(summary, TextStyle.Quote),
            new TextPart(state),
            new TextPart(Phrase.Key("again.ask")),
        ],
        [
            Answer(query, Phrase.Key("button.again", ("ticket", open.Id)), open.Id) with { Style = ButtonStyle.Primary },
            Answer(query, Phrase.Key("button.not-again"), Clarification.Neither),
            new Button(Phrase.Key("button.person"), "person", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id }),
        ])
    {
        Summary = Phrase.Key("again.sounds-like", ("ticket", open.Id), ("at", Phrase.At(open.Opened))),
    };

    /// <summary>An idea is no ticket: it is offered to the list of improvements, whose owner answers.</summary>
    public static Card ForIdea(Ticket query, string owner, string person, string summary)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id };
        return new Card(
            [
                new TextPart(Phrase.Key(query.Frustrated ? "intake.sorry" : "intake.ack", ("person", person)), TextStyle.Heading),
                new TextPart(Phrase.Key("idea.offer", ("owner", owner))),
                new TextPart(summary, TextStyle.Quote),
            ],
            [
                new Button(Phrase.Key("button.put-on-list"), "confirm", data) { Style = ButtonStyle.Primary },
                new Button(Phrase.Key("button.no-idea"), "change-query", data),
                new Button(Phrase.Key("button.person"), "person", data),
            ])
        {
            Summary = Phrase.Key("idea.offer", ("owner", owner)),
        };
    }

    private static Button Split(Ticket query, Phrase title, string value) =>
        new(title, "split", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["value"] = value });

    private static Button Answer(Ticket query, Phrase title, string value) =>
        new(title, "clarify", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["value"] = value });
}
