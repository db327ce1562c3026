namespace ServiceDeskBot.Core.Desk;

/// <summary>Something that can be ordered.</summary>
/// <param name="Service">The service it belongs to, and with it its owner and its outcome.</param>
/// <param name="Promise">Working time from submission to delivery, as its owner states it.</param>
/// <param name="Phase">Only items in <c>operate</c> or <c>improve</c>, of services in these phases, can be ordered.</param>
public sealed record CatalogueItem(
    string Id,
    string Name,
    string Description,
    string Service,
    string Category,
    string Team,
    TimeSpan Promise,
    string Phase)
{
    /// <summary>In words the requester understands; empty when free.</summary>
    public string Price { get; init; } = "";

    /// <summary>The price as a number, for rules that depend on it; 0 when free or not stated.</summary>
    public decimal Cost { get; init; }

    public string Conditions { get; init; } = "";

    public Entitlement Entitlement { get; init; } = Entitlement.Everybody;

    /// <summary>Who has to approve, one after the other; empty when nobody has to.</summary>
    public IReadOnlyList<ApprovalRule> Approvals { get; init; } = [];

    /// <summary>Orders after this local time of the team count from the next working day; <c>null</c>: any time.</summary>
    public TimeOnly? CutOff { get; init; }

    /// <summary>How many one person may order; <c>null</c>: as many as they like.</summary>
    public Quota? Quota { get; init; }

    /// <summary>How it is fulfilled; <c>null</c>: its team does it.</summary>
    public string? Workflow { get; init; }

    /// <summary>Words by which people call it, in any language.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    public IReadOnlyList<CatalogueField> Fields { get; init; } = [];

    /// <summary>What it means for people once it can be ordered; empty: the description says it.</summary>
    public string News { get; init; } = "";

    /// <summary>How what was delivered by itself is undone; empty where people do it.</summary>
    public string Undo { get; init; } = "";

    /// <summary>Words for the things that it replaces when they are lost.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];
}

/// <summary>Whom an item is for. To anybody else it does not exist; those it is for may still have to qualify.</summary>
/// <param name="Roles">One of these roles; empty: any.</param>
/// <param name="Groups">One of these groups; empty: any.</param>
/// <param name="Departments">One of these departments; empty: any.</param>
/// <param name="Trainings">All of these, on the day of the order.</param>
/// <param name="Qualify">How one gets the trainings, in words.</param>
public sealed record Entitlement(IReadOnlyList<string> Roles, IReadOnlyList<string> Groups, IReadOnlyList<string> Departments, IReadOnlyList<string> Trainings, string Qualify)
{
    public static Entitlement Everybody { get; } = new([], [], [], [], "");
}

/// <summary>One approval.</summary>
/// <param name="By"><c>manager</c>, <c>owner</c>, <c>budget</c>, <c>security</c> or a desk id.</param>
/// <param name="Above">Only where the item costs more than this; <c>null</c>: always.</param>
public sealed record ApprovalRule(string By, decimal? Above);

/// <param name="Orders">At most this many per person …</param>
/// <param name="Per">… in any such time.</param>
public sealed record Quota(int Orders, TimeSpan Per);

/// <summary>One question of a catalogue form.</summary>
/// <param name="Kind">text, long-text, choice, date or number.</param>
/// <param name="Options">For <c>choice</c>: what can be chosen.</param>
public sealed record CatalogueField(string Id, string Label, string Kind, bool Required, IReadOnlyList<string> Options)
{
    public const int LongestText = 3000;

    /// <summary>Longest answer in words, in UTF-16 units.</summary>
    public int Longest { get; init; } = LongestText;

    /// <summary>For <c>number</c>.</summary>
    public int? Least { get; init; }

    public int? Most { get; init; }

    /// <summary>For <c>date</c>: only days from today on.</summary>
    public bool Future { get; init; }

    /// <summary>True: it may be left open at first; the person is asked for it later, and it is not delivered without.</summary>
    public bool Later { get; init; }
}
