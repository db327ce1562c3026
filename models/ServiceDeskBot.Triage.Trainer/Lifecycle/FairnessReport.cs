namespace ServiceDeskBot.Triage.Trainer.Lifecycle;

/// <summary>A ticket as fairness looks at it.</summary>
/// <param name="IsRight">Whether the model's answer stood.</param>
/// <param name="Wait">From opening to the first word of a person; null while nobody has answered.</param>
public sealed record ServedTicket(string Language, string Department, string Site, bool IsRight, TimeSpan? Wait, int Priority);

/// <summary>Accuracy, wait and priority per group, and the groups that fall behind the rest.</summary>
/// <param name="By">language, department or site.</param>
public sealed record FairnessReport(string By, IReadOnlyList<GroupService> Groups, IReadOnlyList<string> Gaps)
{
    /// <summary>Groups smaller than this are counted together: their figures say little and may point at persons.</summary>
    public const int SmallestGroup = 10;

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
            groups.Add(Serve("others", others));
        }

        var all = tickets.Count == 0 ? null : Serve("all", [.. tickets]);
        return new FairnessReport(by, groups, all is null ? [] : [.. groups.SelectMany(group => GapsOf(by, group, all, limits))]);
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

    private static IEnumerable<string> GapsOf(string by, GroupService group, GroupService all, FairnessLimits limits)
    {
        // Two standard errors: with few tickets a gap must be wide to mean anything.
        var noise = 2 * Math.Sqrt(all.Accuracy * (1 - all.Accuracy) / group.Tickets);
        if (all.Accuracy - group.Accuracy > Math.Max(limits.Accuracy, noise))
        {
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{by} {group.Name}: the model is right for {group.Accuracy:P0} of {group.Tickets} tickets, for {all.Accuracy:P0} of all.");
        }

        if (group.MedianWait is { } wait && all.MedianWait is { } usual && wait > usual * limits.WaitFactor)
        {
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{by} {group.Name}: the median wait is {wait.TotalMinutes:0} minutes, {usual.TotalMinutes:0} for all.");
        }
    }
}

/// <summary>How one group is served.</summary>
/// <param name="MedianWait">Null when nobody of them was answered yet.</param>
public sealed record GroupService(string Name, int Tickets, double Accuracy, TimeSpan? MedianWait, double MeanPriority);

/// <summary>From when on a gap is reported.</summary>
/// <param name="Accuracy">Points of accuracy below all tickets.</param>
/// <param name="WaitFactor">Times the median wait of all tickets.</param>
public sealed record FairnessLimits(double Accuracy = 0.05, double WaitFactor = 1.5);
