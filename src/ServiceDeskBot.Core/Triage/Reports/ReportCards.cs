using System.Globalization;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>The reports as they are read in chat and printed by the <c>report</c> verb.</summary>
internal static class ReportCards
{
    private const int MostRoutes = 10;

    public static IEnumerable<CardPart> Of(IReadOnlyList<DriftReport> reports)
    {
        if (reports.Count == 0)
        {
            yield return new TextPart(Phrase.Key("report.drift-no-model"));
        }

        foreach (var report in reports)
        {
            yield return new FactsPart([new Fact(Phrase.Key($"review.{report.Head}"), Of(report))]);
        }
    }

    /// <summary>One sentence on one question.</summary>
    public static Phrase Of(DriftReport report) => report.State == DriftState.TooFew
        ? Phrase.Key("report.drift-few", ("n", report.Predictions), ("least", DriftReport.FewestPredictions))
        : Phrase.Key(
            $"report.drift-{report.State.ToString().ToLowerInvariant()}",
            ("index", report.Index.ToString("0.00", CultureInfo.InvariantCulture)),
            ("n", report.Predictions),
            ("movers", new Listing([.. report.Movers.Select(mover => (Phrase)$"{mover.Label} {Percent(mover.Before)} → {Percent(mover.Now)}")])));

    public static IEnumerable<CardPart> Of(IReadOnlyList<FairnessReport> reports)
    {
        foreach (var report in reports)
        {
            yield return new TextPart(Phrase.Key($"report.by-{report.By}"), TextStyle.Heading);
            if (report.Groups.Count > 0)
            {
                yield return new FactsPart([.. report.Groups.Select(group => new Fact(Name(group), Of(group)))]);
            }

            if (report.Withheld > 0)
            {
                yield return new TextPart(Phrase.Key("report.withheld", ("least", FairnessReport.SmallestGroup)), TextStyle.Subtle);
            }

            foreach (var gap in report.Gaps)
            {
                yield return new TextPart(Of(gap));
            }
        }
    }

    public static Phrase Of(Gap gap) => Phrase.Key(
        $"report.gap-{gap.Kind.ToString().ToLowerInvariant()}",
        ("by", Phrase.Key($"report.by-{gap.By}")),
        ("group", Name(gap.Group)),
        ("n", gap.Group.Tickets),
        ("value", Value(gap.Kind, gap.Group)),
        ("all", Value(gap.Kind, gap.All)));

    public static IEnumerable<CardPart> Of(IReadOnlyList<ShadowReport> reports, DeskContent desk)
    {
        if (reports.Count == 0)
        {
            yield return new TextPart(Phrase.Key("report.shadow-none"));
        }

        foreach (var report in reports)
        {
            yield return new TextPart(Phrase.Key("report.shadow-pair", ("shadow", report.Shadow), ("running", report.Running), ("n", report.Matters), ("settled", report.Settled)), TextStyle.Heading);
            yield return new FactsPart([.. report.Heads.Select(head => new Fact(Phrase.Key($"review.{head.Head}"), Of(head, report.Matters)))]);
            yield return new TextPart(Phrase.Key("report.shadow-routes", ("n", report.Routes.Count), ("all", report.Matters)));
            foreach (var route in report.Routes.Take(MostRoutes))
            {
                yield return new TextPart(
                    Phrase.Key(
                        route.Final is null ? "report.shadow-route-open" : "report.shadow-route",
                        ("ticket", route.Ticket),
                        ("running", Team(route.Running, desk)),
                        ("shadow", Team(route.Shadow, desk)),
                        ("final", Team(route.Final, desk))),
                    TextStyle.Subtle);
            }
        }
    }

    public static IEnumerable<CardPart> Of(EffectReport report)
    {
        yield return new TextPart(Phrase.Key("report.effect-spans", ("from", Phrase.At(report.Before.From, MomentStyle.Day)), ("since", Phrase.At(report.Before.To, MomentStyle.Day)), ("before", report.Before.Messages), ("after", report.After.Messages)));
        yield return new FactsPart([.. report.Measures.Select(measure => new Fact(Phrase.Key($"report.effect-{measure.Name}"), Phrase.Key("report.effect-change", ("before", Of(measure.Before)), ("after", Of(measure.After)))))]);
        if (Math.Min(report.Before.Messages, report.After.Messages) < EffectReport.FewestMessages)
        {
            yield return new TextPart(Phrase.Key("report.effect-few", ("least", EffectReport.FewestMessages)), TextStyle.Subtle);
        }
    }

    private static Phrase Of(Figure figure) => figure switch
    {
        { Of: 0 } => Phrase.Key("report.effect-none"),
        { Unit: FigureUnit.Share } => Phrase.Key("report.effect-figure", ("value", Percent(figure.Value)), ("n", figure.Of)),
        { Unit: FigureUnit.Minutes } => Phrase.Key("report.effect-figure", ("value", Phrase.Key("report.minutes", ("n", (int)Math.Round(figure.Value)))), ("n", figure.Of)),
        _ => Phrase.Key("report.effect-figure", ("value", figure.Value.ToString("0.0", CultureInfo.InvariantCulture)), ("n", figure.Of)),
    };

    public static IEnumerable<CardPart> Of(IReadOnlyList<AutomationCandidate> candidates, DeskContent desk)
    {
        if (candidates.Count == 0)
        {
            yield return new TextPart(Phrase.Key("report.automation-none", ("least", AutomationReport.FewestTickets)));
        }

        foreach (var (rank, candidate) in candidates.Take(MostRoutes).Index())
        {
            yield return new TextPart(Phrase.Key("report.automation-candidate", ("rank", rank + 1), ("what", desk.Item(candidate.What)?.Name ?? desk.Service(candidate.What)?.Name ?? candidate.What), ("n", candidate.Tickets)), TextStyle.Heading);
            yield return new TextPart(Phrase.Key(
                "report.automation-why",
                ("usual", Percent(candidate.Stability)),
                ("path", new Listing([.. candidate.UsualPath.Select(step => Phrase.Key($"report.step-{step}"))], " → ")),
                ("worked", Percent(candidate.Success)),
                ("ways", candidate.Ways)));
            if (candidate.SimplifyFirst)
            {
                yield return new TextPart(Phrase.Key("report.automation-simplify"));
            }
        }
    }

    private static Phrase Of(HeadAgreement head, int all) => Phrase.Key(
        "report.shadow-head",
        ("same", head.Same),
        ("all", all),
        ("apart", head.Apart),
        ("running", head.RunningRight),
        ("shadow", head.ShadowRight),
        ("right", head.RightWhenActing),
        ("acted", head.WouldAct));

    private static Phrase Of(GroupService group) => Phrase.Key(
        "report.group",
        ("n", group.Tickets),
        ("accuracy", Percent(group.Accuracy)),
        ("wait", Minutes(group.MedianWait)),
        ("priority", group.MeanPriority.ToString("0.0", CultureInfo.InvariantCulture)));

    private static Phrase Name(GroupService group) => group.Name switch
    {
        FairnessReport.Others => Phrase.Key("report.others"),
        ServedTicket.Unknown => Phrase.Key("report.unknown"),
        var name => name,
    };

    private static Phrase Value(GapKind kind, GroupService group) => kind switch
    {
        GapKind.Accuracy => Percent(group.Accuracy),
        GapKind.Wait => Minutes(group.MedianWait),
        _ => group.MeanPriority.ToString("0.0", CultureInfo.InvariantCulture),
    };

    private static Phrase Minutes(TimeSpan? wait) => wait is { } known ? Phrase.Key("report.minutes", ("n", (int)Math.Round(known.TotalMinutes))) : Phrase.Key("report.no-wait");

    private static Phrase Team(string? id, DeskContent desk) => desk.Team(id)?.Name ?? id ?? "";

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);
}
