using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>The same figures before and after automation began or changed: what people are spared is only one of them.</summary>
public sealed record EffectReport(EffectSpan Before, EffectSpan After)
{
    /// <summary>With fewer messages in a span chance alone moves its figures.</summary>
    public const int FewestMessages = 30;

    public IReadOnlyList<Measure> Measures { get; } = [.. Before.Figures.Select(figure => new Measure(figure.Key, figure.Value, After.Figures[figure.Key]))];

    /// <summary>The time since the day that the desk's policies name, at most the window; and as long a time before that day.</summary>
    public static async ValueTask<EffectReport> ReadAsync(IDeskSnapshot snapshot, DeskContent desk, DateTimeOffset from, DateTimeOffset to)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(desk.Policies.Digest.Zone);
        var since = desk.Policies.Automation.Since is { } day ? AtMidnight(day, zone) : from;
        since = since < to ? since : to;
        return new EffectReport(
            await EffectSpan.ReadAsync(snapshot, desk, since - (to - from), since),
            await EffectSpan.ReadAsync(snapshot, desk, since > from ? since : from, to));
    }

    private static DateTimeOffset AtMidnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}

/// <summary>One span of time in figures.</summary>
/// <param name="Figures">By name, the same names in every span.</param>
public sealed record EffectSpan(DateTimeOffset From, DateTimeOffset To, int Messages, IReadOnlyDictionary<string, Figure> Figures)
{
    public static async ValueTask<EffectSpan> ReadAsync(IDeskSnapshot snapshot, DeskContent desk, DateTimeOffset from, DateTimeOffset to)
    {
        var matters = await Matter.ReadAsync(snapshot, from, to);
        var handed = matters.Where(matter => matter.Record.Type != "query").ToList();
        var solved = handed.Where(matter => matter.Record.Reopened > 0 || matter.Record.Resolved is not null).ToList();
        var waits = matters.Select(matter => matter.Wait).OfType<TimeSpan>().Order().ToArray();
        var scores = await ScoresAsync(snapshot, desk, from, to);
        return new EffectSpan(from, to, matters.Count, new Dictionary<string, Figure>(StringComparer.Ordinal)
        {
            ["unattended"] = Figure.ShareOf(matters, matter => matter.Record.Closure is TicketClosure.SelfSolved or TicketClosure.Answered),
            ["understood"] = Figure.ShareOf(matters, matter => matter.Stood),
            ["misrouted"] = Figure.ShareOf(handed, matter => matter.WasReRouted),
            ["reopened"] = Figure.ShareOf(solved, matter => matter.Record.Reopened > 0),
            ["wait"] = new Figure(waits.Length == 0 ? 0 : waits[waits.Length / 2].TotalMinutes, waits.Length, FigureUnit.Minutes),
            ["feeling"] = new Figure(scores.Count == 0 ? 0 : scores.Average(score => score.Feeling), scores.Count, FigureUnit.Mean),
            ["need"] = Figure.ShareOf(scores, score => score.Need == "yes"),
        });
    }

    /// <summary>Anonymous answers know only their week: whole weeks count, and too few of them are left out.</summary>
    private static async ValueTask<List<Scores>> ScoresAsync(IDeskSnapshot snapshot, DeskContent desk, DateTimeOffset from, DateTimeOffset to)
    {
        var named = new List<Scores>();
        var anonymous = new List<Scores>();
        foreach (var team in desk.Teams)
        {
            named.AddRange((await snapshot.NamedFeedbackAsync(team.Id, from, to)).Select(feedback => feedback.Scores));
            anonymous.AddRange((await snapshot.AnonymousFeedbackAsync(team.Id, Weeks.MondayOf(from.AddDays(6)), Weeks.MondayOf(to.AddDays(-1)))).Select(feedback => feedback.Scores));
        }

        return anonymous.Count < desk.Policies.Survey.SmallestGroup ? named : [.. named, .. anonymous];
    }
}

/// <summary>One figure before and after.</summary>
public sealed record Measure(string Name, Figure Before, Figure After);

/// <param name="Of">How many it is taken from; 0: there is no figure.</param>
public sealed record Figure(double Value, int Of, FigureUnit Unit)
{
    internal static Figure ShareOf<T>(IReadOnlyCollection<T> all, Func<T, bool> counts) =>
        new(all.Count == 0 ? 0 : (double)all.Count(counts) / all.Count, all.Count, FigureUnit.Share);
}

public enum FigureUnit { Share, Minutes, Mean }
