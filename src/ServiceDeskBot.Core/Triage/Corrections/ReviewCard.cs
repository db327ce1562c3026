using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Corrections;

/// <summary>What a reviewer sees: the person's words, what was made of them, what a colleague made of them, and whether to learn from it.</summary>
internal static class ReviewCard
{
    private const int AtOnce = 5;

    /// <param name="first">What just happened; <c>null</c> where nothing did.</param>
    public static async ValueTask<Card> ForAsync(IReadOnlyList<Candidate> waiting, Phrase? first, TurnContext context)
    {
        var parts = new List<CardPart>();
        if (first is not null)
        {
            parts.Add(new TextPart(first));
        }

        parts.Add(waiting.Count == 0
            ? new TextPart(Phrase.Key("review.none"))
            : new TextPart(Phrase.Key("review.title", ("n", waiting.Count)), TextStyle.Heading));
        foreach (var candidate in waiting.Take(AtOnce))
        {
            parts.Add(new TextPart(candidate.Text, TextStyle.Quote));
            parts.Add(new FactsPart(
            [
                new Fact(Phrase.Key("fact.ticket"), candidate.Ticket),
                .. candidate.Corrected.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Change(candidate, pair.Key, pair.Value, context.Desk)),
                new Fact(Phrase.Key("review.by"), Phrase.Key("review.by-at", ("person", await context.NameAsync(candidate.By)), ("at", Phrase.At(candidate.At)))),
            ]));
            parts.Add(new ButtonsPart([.. Buttons(candidate, context.Desk)]));
        }

        if (waiting.Count > AtOnce)
        {
            parts.Add(new TextPart(Phrase.Key("review.more", ("n", waiting.Count - AtOnce)), TextStyle.Subtle));
        }

        return new Card(parts, []) { Summary = Phrase.Key("review.title", ("n", waiting.Count)) };
    }

    /// <summary>What a correction that names a team only can mean.</summary>
    public static IReadOnlyList<string> CategoriesOf(Candidate candidate, DeskContent desk) =>
        candidate.LacksCategory ? desk.Team(candidate.Corrected[Candidate.Team])?.Categories ?? [] : [];

    private static IEnumerable<Button> Buttons(Candidate candidate, DeskContent desk)
    {
        if (candidate.LacksCategory)
        {
            foreach (var category in CategoriesOf(candidate, desk))
            {
                yield return Button(candidate, Phrase.Key("button.accept-as", ("category", Plain(category))), ("use", "yes"), ("category", category));
            }
        }
        else
        {
            yield return Button(candidate, Phrase.Key("button.accept"), ("use", "yes")) with { Style = ButtonStyle.Primary };
        }

        yield return Button(candidate, Phrase.Key("button.reject"), ("use", "no"));
    }

    private static Button Button(Candidate candidate, Phrase title, params (string Key, string Value)[] more)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["candidate"] = candidate.Id };
        foreach (var (key, value) in more)
        {
            data[key] = value;
        }

        return new Button(title, Reviewing.Action, data);
    }

    private static Fact Change(Candidate candidate, string head, string label, DeskContent desk)
    {
        var before = candidate.Predicted.TryGetValue(head, out var was) ? Label(head, was, desk) : Phrase.Key("review.unknown-before");
        return new Fact(Phrase.Key($"review.{head}"), Phrase.Key("review.change", ("before", before), ("after", Label(head, label, desk))));
    }

    private static Phrase Label(string head, string label, DeskContent desk) => head switch
    {
        "category" => Plain(label),
        Candidate.Team => desk.Team(label)?.Name ?? label,
        _ => Phrase.Key($"{head}.{label}"),
    };

    /// <summary>Categories belong to the desk, which may have its own: they are shown as they are called.</summary>
    private static string Plain(string category) => category.Replace('-', ' ');
}
