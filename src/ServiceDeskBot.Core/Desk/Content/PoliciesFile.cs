using System.Globalization;
using ServiceDeskBot.Core.Triage.Reports;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>policies.yaml</c>.</summary>
internal static class PoliciesFile
{
    private const string File = "policies.yaml";

    private static readonly string[] Impacts = ["person", "team", "department", "organisation"];
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];

    /// <summary><c>null</c> only with a fault.</summary>
    public static Policies? Read(DeskDraft draft)
    {
        if (KeyedFile.Text(draft, File) is not { } yaml || YamlTree.Read(draft, File, yaml) is not { } map)
        {
            return null;
        }

        var entry = new Entry(draft, File, "this file", map);
        var policies = new Policies(
            Matrix(entry.Section("matrix")),
            Targets(entry.Section("targets")),
            Survey(entry.Section("survey")),
            Verification(entry.Section("verification")),
            Intake(entry.Section("intake")),
            Digest(entry.Section("digest")),
            Retention(entry.Section("retention")))
        {
            Approval = entry.SectionOrNull("approval") is { } approval ? Approval(approval) : ApprovalPolicy.Default,
            Behalf = entry.SectionOrNull("behalf") is { } behalf ? Ended(behalf, new BehalfPolicy(behalf.Flag("manager"), behalf.Flag("department"), behalf.Texts("groups"))) : BehalfPolicy.Default,
            Routing = [.. entry.Sections("routing", "rule").Select(Rule)],
            OnCallFrom = entry.NumberOrNull("on-call-from", 0, 4) ?? 1,
            Automation = entry.SectionOrNull("automation") is { } automation ? Automation(automation) : new AutomationPolicy(null, new FairnessLimits()),
        };
        entry.End();
        return policies;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, int>> Matrix(Entry entry)
    {
        var matrix = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var impact in Impacts)
        {
            var row = entry.Section(impact);
            matrix[impact] = Urgencies.ToDictionary(urgency => urgency, urgency => row.Number(urgency, 1, 4), StringComparer.Ordinal);
            row.End();
        }

        entry.End();
        return matrix;
    }

    private static Dictionary<int, ServiceTarget> Targets(Entry entry)
    {
        var targets = new Dictionary<int, ServiceTarget>();
        for (var priority = 1; priority <= 4; priority++)
        {
            var row = entry.Section(priority.ToString(CultureInfo.InvariantCulture));
            targets[priority] = new ServiceTarget(row.WorkingSpan("response"), row.WorkingSpan("resolution"), row.WorkingSpan("update"));
            row.End();
        }

        entry.End();
        return targets;
    }

    private static SurveyPolicy Survey(Entry entry) => Ended(entry, new SurveyPolicy(entry.Span("cool-down"), entry.Span("expires"), entry.Number("smallest-group", 3, 100)));

    private static VerificationPolicy Verification(Entry entry) => Ended(entry, new VerificationPolicy(entry.Span("reminder"), entry.Span("close"), entry.Span("grace")));

    private static IntakePolicy Intake(Entry entry)
    {
        var policy = new IntakePolicy(
            entry.Span("unconfirmed-urgent"),
            entry.Span("unconfirmed"),
            entry.Span("focus"),
            entry.Share("article-threshold"),
            entry.Number("misunderstood-limit", 1, 10));
        return Ended(entry, policy with { ClarifyBelow = entry.TextOrNull("clarify-below") is null ? policy.ClarifyBelow : entry.Share("clarify-below"), AskAgain = entry.SpanOr("ask-again", policy.AskAgain), ConvertsInPlace = entry.TextOrNull("conversion") is not null && entry.OneOf("conversion", "linked", "in-place") == "in-place" });
    }

    private static DigestPolicy Digest(Entry entry) => Ended(entry, new DigestPolicy(entry.Time("at"), entry.Zone("zone")));

    private static ApprovalPolicy Approval(Entry entry) => Ended(entry, new ApprovalPolicy(
        entry.ReferenceOrNull("budget", Known.Person),
        entry.ReferenceOrNull("security", Known.Person),
        entry.SpanOr("reminder", ApprovalPolicy.Default.Reminder),
        entry.NumberOrNull("reminders", 0, 10) ?? ApprovalPolicy.Default.Reminders,
        entry.SpanOr("expires", ApprovalPolicy.Default.Expires)));

    private static RetentionPolicy Retention(Entry entry) => Ended(entry, new RetentionPolicy(entry.Span("inbox"), entry.Span("outbox")));

    private static AutomationPolicy Automation(Entry entry) => Ended(entry, new AutomationPolicy(
        entry.ReferenceOrNull("accountable", Known.Person),
        new FairnessLimits(entry.Share("accuracy-gap"), 1 + entry.Share("wait-gap"), entry.Share("priority-gap")))
    {
        Since = entry.TextOrNull("since") is null ? null : entry.Date("since"),
    });

    private static RoutingRule Rule(Entry entry)
    {
        var when = entry.Section("when");
        var values = RoutingRule.Attributes.Select(attribute => (attribute, values: when.Texts(attribute))).Where(pair => pair.values.Count > 0).ToDictionary(pair => pair.attribute, pair => pair.values, StringComparer.Ordinal);
        when.End();
        if (values.Count == 0)
        {
            entry.Fault("when", "a rule of 'routing' asks for nothing, so it would take everything", $"one of {string.Join(", ", RoutingRule.Attributes)} with a list of values");
        }

        return Ended(entry, new RoutingRule(entry.Text("rule"), values, entry.Reference("team", Known.Team), entry.TextOrNull("skill")));
    }

    private static T Ended<T>(Entry entry, T read)
    {
        entry.End();
        return read;
    }
}
