using ServiceDeskBot.Core.Desk;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>What would have happened had the desk acted on the model in the shadow. Only what is closed is judged.</summary>
/// <param name="Matters">How many messages both models read.</param>
/// <param name="Routes">Where the shadow alone would have chosen another team than the running model alone.</param>
public sealed record ShadowReport(string Running, string Shadow, int Matters, int Settled, IReadOnlyList<HeadAgreement> Heads, IReadOnlyList<OtherRoute> Routes)
{
    private static readonly string[] Names = ["type", "category", "impact", "urgency"];

    /// <summary>One report per pair of models that ran together.</summary>
    public static IReadOnlyList<ShadowReport> From(IEnumerable<Matter> matters, DeskContent desk) =>
    [
        .. matters.Where(matter => matter.Shadow is not null)
            .GroupBy(matter => (Running: matter.Said.Model, Shadow: matter.Shadow!.Model))
            .OrderBy(pair => pair.Key)
            .Select(pair => Of(pair.Key.Running, pair.Key.Shadow, [.. pair], desk)),
    ];

    private static ShadowReport Of(string running, string shadow, List<Matter> matters, DeskContent desk)
    {
        var settled = matters.Where(matter => !matter.Record.IsOpen).ToList();
        var routes = matters
            .Select(matter => new OtherRoute(matter.Record.Id, Matter.TeamBy(matter.Said, desk).Id, Matter.TeamBy(matter.Shadow!, desk).Id, matter.Record.IsOpen ? null : matter.Record.Team))
            .Where(route => route.Running != route.Shadow);
        return new ShadowReport(running, shadow, matters.Count, settled.Count, [.. Names.Select(name => Compare(name, matters, settled))], [.. routes]);
    }

    private static HeadAgreement Compare(string head, List<Matter> matters, List<Matter> settled)
    {
        var apart = settled.Where(matter => SaidBy(matter.Said, head).Label != SaidBy(matter.Shadow!, head).Label).ToList();
        var acted = settled.Where(matter => !SaidBy(matter.Shadow!, head).Abstained).ToList();
        return new HeadAgreement(
            head,
            matters.Count(matter => SaidBy(matter.Said, head).Label == SaidBy(matter.Shadow!, head).Label),
            apart.Count,
            apart.Count(matter => SaidBy(matter.Said, head).Label == matter.Final(head)),
            apart.Count(matter => SaidBy(matter.Shadow!, head).Label == matter.Final(head)),
            acted.Count,
            acted.Count(matter => SaidBy(matter.Shadow!, head).Label == matter.Final(head)));
    }

    private static PredictedLabel SaidBy(StoredPrediction said, string head) => said.Labels.Of(head)!;
}

/// <summary>How the two models compare on one question.</summary>
/// <param name="Same">Messages, closed or not, on which they say the same.</param>
/// <param name="Apart">Closed ones on which they do not.</param>
/// <param name="RunningRight">Of those, where people ended at the running model's answer.</param>
/// <param name="ShadowRight">Of those, where people ended at the shadow's.</param>
/// <param name="WouldAct">Closed ones that the shadow was sure of; the others it would have asked about or handed to people.</param>
/// <param name="RightWhenActing">Of those, where people ended at its answer.</param>
public sealed record HeadAgreement(string Head, int Same, int Apart, int RunningRight, int ShadowRight, int WouldAct, int RightWhenActing);

/// <param name="Final">The team that has closed it; <c>null</c> while it is open.</param>
public sealed record OtherRoute(string Ticket, string Running, string Shadow, string? Final);
