using ServiceDeskBot.Core.Triage.Reports;

namespace ServiceDeskBot.Core.Desk;

/// <summary>The desk as its owner wrote it down: content, not code. Immutable while a turn runs; replaced whole when it changes.</summary>
/// <param name="Teams">Every team that may own work.</param>
/// <param name="Services">What the organisation uses, in its own words.</param>
/// <param name="Catalogue">What can be ordered.</param>
/// <param name="Calendars">Support calendars by id.</param>
/// <param name="Policies">Numbers and rules: matrix, targets, survey and reminder times.</param>
/// <param name="People">People known beforehand (agents, managers, operators, demo users).</param>
/// <param name="Articles">Maintained knowledge.</param>
public sealed record DeskContent(
    IReadOnlyList<Team> Teams,
    IReadOnlyList<Service> Services,
    IReadOnlyList<CatalogueItem> Catalogue,
    IReadOnlyList<SupportCalendar> Calendars,
    Policies Policies,
    IReadOnlyList<KnownPerson> People,
    IReadOnlyList<Article> Articles)
{
    private readonly Dictionary<string, Team> _teams = Teams.ToDictionary(team => team.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Team> _byCategory = Teams.SelectMany(team => team.Categories.Select(category => (category, team)))
        .ToDictionary(pair => pair.category, pair => pair.team, StringComparer.Ordinal);
    private readonly Dictionary<string, SupportCalendar> _calendars = Calendars.ToDictionary(calendar => calendar.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Service> _services = Services.ToDictionary(service => service.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogueItem> _items = Catalogue.ToDictionary(item => item.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Article> _articles = Articles.ToDictionary(article => article.Id, StringComparer.Ordinal);

    /// <summary>How requests are fulfilled that need more than one team.</summary>
    public IReadOnlyList<Workflow> Workflows { get; init; } = [];

    /// <summary>What is asked once an incident is logged.</summary>
    public IReadOnlyList<CategoryScript> Scripts { get; init; } = [];

    /// <summary><c>null</c> for an unknown id.</summary>
    public CategoryScript? Script(string? id) => id is null ? null : Scripts.FirstOrDefault(script => script.Id == id);

    /// <summary>The script of the service, else of the category; <c>null</c> where nothing is asked.</summary>
    public CategoryScript? ScriptFor(string? service, string? category) =>
        Scripts.FirstOrDefault(script => service is not null && script.Services.Contains(service)) ?? Scripts.FirstOrDefault(script => category is not null && script.Categories.Contains(category));

    /// <summary>The devices that are known to be a person's; empty when none are.</summary>
    public IReadOnlyList<string> DevicesOf(string person) => People.FirstOrDefault(known => known.Id == person)?.Devices ?? [];

    /// <summary>What is wrong with newer files, which is why the desk still runs by this; <c>null</c> when there are none.</summary>
    public string? Problem { get; init; }

    /// <summary>The webhooks that the settings name; an item that needs another one is off.</summary>
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    /// <summary><c>null</c> for an unknown id.</summary>
    public Workflow? Workflow(string? id) => id is null ? null : Workflows.FirstOrDefault(workflow => workflow.Id == id);

    /// <summary>True for an item whose workflow calls a webhook that the settings do not name.</summary>
    public bool IsOff(CatalogueItem item) => Workflow(item.Workflow) is { } workflow && workflow.Steps.Any(step => step.Call is not null && !Webhooks.Contains(step.Call));

    /// <summary><c>null</c> for an unknown id.</summary>
    public Team? Team(string? id) => id is null ? null : _teams.GetValueOrDefault(id);

    /// <summary><c>null</c> for an unknown id.</summary>
    public Service? Service(string? id) => id is null ? null : _services.GetValueOrDefault(id);

    /// <summary><c>null</c> for an unknown id.</summary>
    public CatalogueItem? Item(string? id) => id is null ? null : _items.GetValueOrDefault(id);

    /// <summary><c>null</c> for an unknown id.</summary>
    public Article? Article(string? id) => id is null ? null : _articles.GetValueOrDefault(id);

    /// <summary>The team that looks after a category. Every category has one: the loader refuses a desk where it has not; an unknown category goes to the desk's first team.</summary>
    public Team TeamFor(string? category) => category is not null && _byCategory.TryGetValue(category, out var team) ? team : Teams[0];

    /// <summary>The calendar day on the desk's own clock.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(Policies.Digest.Zone)).DateTime);

    /// <summary>The calendar a team works by.</summary>
    public SupportCalendar CalendarOf(Team team) => _calendars[team.Calendar];
}

/// <summary>A group of agents with a channel.</summary>
/// <param name="Id">Stable key, e.g. <c>network</c>.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Lead">Desk id of its lead; asked when nobody claims.</param>
/// <param name="Members">Desk ids of its agents, lead included.</param>
/// <param name="Categories">The categories that route here.</param>
/// <param name="Calendar">Id of its support calendar.</param>
/// <param name="Closed">True: only members ever see its tickets (security).</param>
/// <param name="Channels">Channel bindings by platform: <c>teams</c>, <c>slack</c>, <c>local</c>.</param>
public sealed record Team(
    string Id,
    string Name,
    string Lead,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> Categories,
    string Calendar,
    bool Closed,
    IReadOnlyDictionary<string, string> Channels)
{
    /// <summary>Desk ids of those who are called out of hours, in this order, for what cannot wait; empty: nobody is.</summary>
    public IReadOnlyList<string> OnCall { get; init; } = [];
}

/// <summary>Something people use and would miss.</summary>
/// <param name="Terms">Words by which people call it, in any language; used to recognise it in a message.</param>
/// <param name="Outcome">What it lets people do, in business words.</param>
/// <param name="Phase">strategy, design, transition, operate, improve or retire.</param>
public sealed record Service(
    string Id,
    string Name,
    string Owner,
    string Team,
    string Category,
    string Outcome,
    string Phase,
    IReadOnlyList<string> Terms);

/// <summary>When people are there to help.</summary>
/// <param name="Zone">IANA time zone id.</param>
/// <param name="Hours">Opening hours by day; a day that is missing is closed. Both empty hours and holidays count as closed.</param>
/// <param name="Holidays">Closed days, local dates.</param>
public sealed record SupportCalendar(string Id, string Name, string Zone, IReadOnlyDictionary<DayOfWeek, OpeningHours> Hours, IReadOnlyList<DateOnly> Holidays);

/// <summary>From (inclusive) to (exclusive), local time; <c>To</c> of 00:00 means midnight at the end of the day.</summary>
public readonly record struct OpeningHours(TimeOnly From, TimeOnly To);

/// <summary>The desk's numbers and rules.</summary>
/// <param name="Matrix">Priority 1 to 4 by impact, then urgency.</param>
/// <param name="Targets">By priority.</param>
public sealed record Policies(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Matrix,
    IReadOnlyDictionary<int, ServiceTarget> Targets,
    SurveyPolicy Survey,
    VerificationPolicy Verification,
    IntakePolicy Intake,
    DigestPolicy Digest,
    RetentionPolicy Retention)
{
    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.Default;

    /// <summary>Which team gets what where the category alone does not say; the first that fits.</summary>
    public IReadOnlyList<RoutingRule> Routing { get; init; } = [];

    /// <summary>At this priority and above whoever is on call is called out of hours. 1 where the file is silent; 0: nobody ever is.</summary>
    public int OnCallFrom { get; init; } = 1;

    /// <summary>Who answers for what the desk decides by itself, and when a gap between groups is too wide.</summary>
    public AutomationPolicy Automation { get; init; } = new(null, new FairnessLimits());

    /// <summary>Who may ask for something in a colleague's name.</summary>
    public BehalfPolicy Behalf { get; init; } = BehalfPolicy.Default;

    /// <summary>Priority for an impact and urgency of the contract's labels.</summary>
    public int Priority(string impact, string urgency) => Matrix[impact][urgency];
}

/// <summary>What people may expect at one priority, in working time of the team's calendar.</summary>
/// <param name="Response">Until somebody has taken it.</param>
/// <param name="Resolution">Until it works again.</param>
/// <param name="Update">Between two words to the person.</param>
public sealed record ServiceTarget(TimeSpan Response, TimeSpan Resolution, TimeSpan Update);

/// <param name="CoolDown">At most one survey per person in this time.</param>
/// <param name="Expires">A survey that nobody answered is dropped after this time.</param>
/// <param name="SmallestGroup">Anonymous answers are shown from this many up.</param>
public sealed record SurveyPolicy(TimeSpan CoolDown, TimeSpan Expires, int SmallestGroup);

/// <param name="Reminder">After this silence the person is asked once more whether the fix works.</param>
/// <param name="Close">After this further silence the ticket closes as not confirmed.</param>
/// <param name="Grace">A reply within this time after closing reopens it.</param>
public sealed record VerificationPolicy(TimeSpan Reminder, TimeSpan Close, TimeSpan Grace);

/// <param name="UnconfirmedUrgent">At priority 1 and 2 a query that nobody confirms is logged as understood after this time.</param>
/// <param name="Unconfirmed">The same at other priorities.</param>
/// <param name="Focus">In a chat without threads, a continuing text reaches the last ticket within this time.</param>
/// <param name="ArticleThreshold">Least similarity, 0 to 1, for an article to be offered.</param>
/// <param name="MisunderstoodLimit">After this many answers that were not understood a person takes over.</param>
public sealed record IntakePolicy(TimeSpan UnconfirmedUrgent, TimeSpan Unconfirmed, TimeSpan Focus, double ArticleThreshold, int MisunderstoodLimit)
{
    /// <summary>With two candidates left and less confidence than this, 0 to 1, one question decides. 0.7 where the file is silent.</summary>
    public double ClarifyBelow { get; init; } = 0.7;

    /// <summary>True: a confirmed query becomes the record itself, under its own number; false: a record of its own, linked to the query.</summary>
    public bool ConvertsInPlace { get; init; }

    /// <summary>After this time a person who did not know something yet is asked once more. A day where the file is silent.</summary>
    public TimeSpan AskAgain { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Messages that follow one another within this time, before anything is logged, are one. 20 seconds where the file is silent.</summary>
    public TimeSpan SameBreath { get; init; } = TimeSpan.FromSeconds(20);
}

/// <param name="At">Local time of the manager's zone at which the daily digest is due.</param>
/// <param name="Zone">IANA zone for people without one of their own.</param>
public sealed record DigestPolicy(TimeOnly At, string Zone);

/// <param name="Budget">Desk id of the one who decides about money; <c>null</c> where no item asks for it.</param>
/// <param name="Security">Desk id of the one who decides about risks; <c>null</c> where no item asks for it.</param>
/// <param name="Reminder">After this silence the approver is reminded, and again each time it passes.</param>
/// <param name="Reminders">At most this many reminders.</param>
/// <param name="Expires">A request that nobody decided about ends after this time.</param>
public sealed record ApprovalPolicy(string? Budget, string? Security, TimeSpan Reminder, int Reminders, TimeSpan Expires)
{
    public static ApprovalPolicy Default { get; } = new(null, null, TimeSpan.FromDays(1), 2, TimeSpan.FromDays(14));
}

/// <summary>Who may ask for something in a colleague's name without that colleague's yes.</summary>
/// <param name="Manager">Their manager.</param>
/// <param name="Department">Anybody of their department.</param>
/// <param name="Groups">Anybody of these groups of <c>people.yaml</c>.</param>
public sealed record BehalfPolicy(bool Manager, bool Department, IReadOnlyList<string> Groups)
{
    public static BehalfPolicy Default { get; } = new(true, false, []);
}

/// <param name="Inbox">Done deliveries are forgotten after this time; it must outlast the platforms' redeliveries.</param>
/// <param name="Outbox">Sent messages are forgotten after this time.</param>
public sealed record RetentionPolicy(TimeSpan Inbox, TimeSpan Outbox);

/// <summary>A team for what has certain attributes.</summary>
/// <param name="When">Values by attribute; each attribute has to have one of its values.</param>
/// <param name="Skill">What helps with it; people of the team who have it are suggested. <c>null</c>: nothing special.</param>
public sealed record RoutingRule(string Id, IReadOnlyDictionary<string, IReadOnlyList<string>> When, string Team, string? Skill)
{
    /// <summary>A term that stands in the message.</summary>
    public const string Technology = "technology";

    public static IReadOnlyList<string> Attributes { get; } = ["type", "category", "service", "language", "country", "department", "site", "group", Technology];
}

/// <param name="Accountable">Desk id of the person; <c>null</c>: the operators.</param>
/// <param name="Fairness">From when on a gap is told to them.</param>
public sealed record AutomationPolicy(string? Accountable, FairnessLimits Fairness)
{
    /// <summary>The first day with the automation whose effect is reported; <c>null</c>: four weeks ago.</summary>
    public DateOnly? Since { get; init; }
}

/// <summary>A person of <c>people.yaml</c>.</summary>
/// <param name="Roles">agent, lead, manager, owner, operator; everybody is an end user besides.</param>
/// <param name="Manager">Desk id of the person's manager, who approves; <c>null</c> when unknown.</param>
/// <param name="Accounts">Platform account ids by platform.</param>
public sealed record KnownPerson(
    string Id,
    string Name,
    string Email,
    IReadOnlyList<string> Roles,
    string? Manager,
    string Department,
    string Site,
    string Locale,
    string Zone,
    IReadOnlyDictionary<string, string> Accounts)
{
    /// <summary>What the person belongs to besides their department, in the desk's own words; the catalogue may ask for it.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What they know especially well, in the desk's own words; routing rules may ask for it.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Trainings and certificates by id, with the last day on which they hold; <c>null</c>: for good.</summary>
    public IReadOnlyDictionary<string, DateOnly?> Trainings { get; init; } = new Dictionary<string, DateOnly?>(StringComparer.Ordinal);

    /// <summary>Devices that are theirs, by the names that people and stickers use.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Desk id of the one who decides while this person is away; <c>null</c> when nobody is named.</summary>
    public string? Deputy { get; init; }

    /// <summary>First and last day of an absence, both included; <c>null</c> when none is known.</summary>
    public Absence? Away { get; init; }
}

/// <summary>Days on which somebody is not there, both included.</summary>
public sealed record Absence(DateOnly From, DateOnly Until)
{
    public bool Holds(DateOnly day) => From <= day && day <= Until;
}

/// <summary>A maintained answer.</summary>
/// <param name="Audience"><c>user</c> or <c>agent</c>; agent articles are never shown to users.</param>
/// <param name="Steps">Short steps, plain text.</param>
public sealed record Article(
    string Id,
    string Title,
    string Audience,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Services,
    string Owner,
    DateOnly ReviewBy,
    IReadOnlyList<string> Keywords,
    string Summary,
    IReadOnlyList<string> Steps);
