using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>The reports on the desk's automation by name: said in chat (<c>fairness report</c>) or asked for by the <c>report</c> verb.</summary>
public static partial class TriageReports
{
    /// <summary>Long enough for figures that mean something, short enough to be about now.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(28);

    public static IReadOnlyList<string> Names { get; } = ["fairness", "drift", "shadow", "effect", "automation"];

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static async ValueTask<Card> CardAsync(string name, IDeskSnapshot snapshot, DeskContent desk, ITriageModel model, DateTimeOffset from, DateTimeOffset to)
    {
        IEnumerable<CardPart> parts = name switch
        {
            "drift" => ReportCards.Of(DriftReport.From(model, await snapshot.PredictionsAsync(from, to))),
            "shadow" => ReportCards.Of(ShadowReport.From(await Matter.ReadAsync(snapshot, from, to), desk), desk),
            "fairness" => ReportCards.Of(await FairnessAsync(snapshot, desk, from, to)),
            "effect" => ReportCards.Of(await EffectReport.ReadAsync(snapshot, desk, from, to)),
            "automation" => ReportCards.Of(await AutomationReport.ReadAsync(snapshot, from, to), desk),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Reports: {string.Join(", ", Names)}."),
        };
        var title = Phrase.Key($"report.{name}");
        return new Card([new TextPart(title, TextStyle.Heading), new TextPart(Phrase.Key("digest.window", ("from", Phrase.At(from)), ("to", Phrase.At(to))), TextStyle.Subtle), .. parts], []) { Summary = title };
    }

    public static async ValueTask<IReadOnlyList<FairnessReport>> FairnessAsync(IDeskSnapshot snapshot, DeskContent desk, DateTimeOffset from, DateTimeOffset to) =>
        FairnessReport.From([.. (await Matter.ReadAsync(snapshot, from, to)).Select(ServedTicket.Of)], desk.Policies.Automation.Fairness);

    /// <summary>True when the words asked for a report. Figures are for those who look after the desk, in their own chat.</summary>
    internal static async ValueTask<bool> CommandAsync(string text, TurnContext context)
    {
        var looksAfter = context.Actor.Is("manager") || context.Actor.Is("owner") || context.Actor.Is("operator");
        if (!looksAfter || context.Place.Kind != PlaceKind.Personal || Command().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var name = match.Groups["name"].Value.ToLowerInvariant();
        context.Decision.Answer = new Tell(await CardAsync(name, context.Snapshot, context.Desk, context.Reading.Model, context.Now - Window, context.Now));
        return true;
    }

    [GeneratedRegex(@"^\W*(?<name>fairness|drift|shadow|effect|automation)\s+report\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Command();
}
