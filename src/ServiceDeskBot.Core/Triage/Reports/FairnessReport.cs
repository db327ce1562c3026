namespace ServiceDeskBot.Core.Triage.Reports;

/// <summary>A message as fairness looks at it.</summary>
/// <param name="IsRight">Whether what was understood stood.</param>
/// <param name="Wait">From the first word to the first word of a person; <c>null</c> while nobody has answered.</param>
public sealed record ServedTicket(string Language, string Department, string Site, bool IsRight, TimeSpan? Wait, int Priority)
{
    /// <summary>Where a person's department or site is not known.</summary>
    public const string Unknown = "?";

    public static ServedTicket Of(Matter matter) => new(
        matter.Said.Language,
        matter.Reporter?.Department ?? Unknown,
        matter.Reporter?.Site ?? Unknown,
        matter.Stood,
        matter.Wait,
        matter.Record.Priority);
}

/// <summary>Accuracy, wait and priority per group, and the groups that fall behind the rest.</summary>
/// <param name="By">language, department or site.</param>
/// <param name="Withheld">How many are in groups too small to show.</param>
public sealed record FairnessReport(string By, IReadOnlyList<GroupService> Groups, int Withheld, IReadOnlyList<Gap> Gaps)
{
    /// <summary>Groups smaller than this are counted together: their figures say little and may point at persons.</summary>
    public const int SmallestGroup = 10;

    /// <summary>The name of the small groups together.</summary>
    public const string Others = "others";

    public static IReadOnlyList<FairnessReport> From(IReadOnlyCollection<ServedTicket> tickets, FairnessLimits limits) =>
    [
        Of("language", tickets, ticket => ticket.Language, limits),
        Of("department", tickets, ticket => ticket.Department, limits),
        Of("site", tickets, ticket => ticket.Site, limits),
    ];

    private static FairnessReport Of(string by, IReadOnlyCollection<ServedTicket> tickets, Func<ServedTicket, string> key, FairnessLimits limits)
    {
        var large = tickets.GroupBy(key, StringComparer.Ordinal).Where(group => group.Count() >= SmallestGroup).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var named = large.Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var others = tickets.Where(ticket => !named.Contains(key(ticket))).ToList();
        var groups = large.ConvertAll(group => Serve(group.Key, [.. group]));
        if (others.Count >= SmallestGroup)
        {
            groups.Add(Serve(Others, others));
        }

        var all = tickets.Count == 0 ? null : Serve("all", [.. tickets]);
        return new FairnessReport(by, groups, others.Count >= SmallestGroup ? 0 : others.Count, all is null ? [] : [.. groups.SelectMany(group => GapsOf(by, group, all, limits))]);
    }

    private static GroupService Serve(string name, List<ServedTicket> tickets)
    {
        var waits = tickets.Where(ticket => ticket.Wait is not null).Select(ticket => ticket.Wait!.Value).Order().ToArray();
        return new GroupService(
            name,
            tickets.Count,
            (double)tickets.Count(ticket => ticket.IsRight) / tickets.Count,
            waits.Length == 0 ? null : waits[waits.Length / 2],
            tickets.Average(ticket => ticket.Priority));
    }

    private static IEnumerable<Gap> GapsOf(string by, GroupService group, GroupService all, FairnessLimits limits)
    {
        // Two standard errors: with few tickets a gap must be wide to mean anything.
        var noise = 2 * Math.Sqrt(all.Accuracy * (1 - all.Accuracy) / group.Tickets);
        if (all.Accuracy - group.Accuracy > Math.Max(limits.Accuracy, noise))
        {
            yield return new Gap(by, GapKind.Accuracy, group, all);
        }

        if (group.MedianWait is { } wait && all.MedianWait is { } usual && wait > usual * limits.WaitFactor)
        {
            yield return new Gap(by, GapKind.Wait, group, all);
        }

        if (group.MeanPriority - all.MeanPriority > limits.Priority)
        {
            yield return new Gap(by, GapKind.Priority, group, all);
        }
    }
}

/// <summary>How one group is served.</summary>
/// <param name="MedianWait"><c>null</c> when nobody of them was answered yet.</param>
/// <param name="MeanPriority">1 (highest) to 4.</param>
public sealed record GroupService(string Name, int Tickets, double Accuracy, TimeSpan? MedianWait, double MeanPriority);

/// <summary>A group that falls behind all together.</summary>
public sealed record Gap(string By, GapKind Kind, GroupService Group, GroupService All);

public enum GapKind { Accuracy, Wait, Priority }

/// <summary>From when on a gap is reported.</summary>
/// <param name="Accuracy">Points of accuracy below all tickets.</param>
/// <param name="WaitFactor">Times the median wait of all tickets.</param>
/// <param name="Priority">Steps of priority behind all tickets on average.</param>
public sealed record FairnessLimits(double Accuracy = 0.05, double WaitFactor = 1.5, double Priority = 0.5);
