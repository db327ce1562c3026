namespace ServiceDeskBot.Core.Tickets;

/// <summary>Why a ticket is with its team.</summary>
/// <param name="Rule">The id of the desk's routing rule, or one of the names below.</param>
/// <param name="Attributes">What decided, <c>attribute=value</c> each; never words of a person.</param>
public sealed record Route(string Rule, IReadOnlyList<string> Attributes)
{
    /// <summary>No rule of the desk fitted: each category has its team.</summary>
    public const string Category = "category";

    /// <summary>Security matters stay with their own team.</summary>
    public const string Closed = "closed";

    /// <summary>The catalogue says who delivers.</summary>
    public const string Item = "item";

    /// <summary>What needs no look at its words goes to the desk itself: a wish to talk to somebody, a compliment.</summary>
    public const string Desk = "desk";

    /// <summary>A wish goes to the team of the service it is about.</summary>
    public const string Service = "service";

    /// <summary>Somebody moved it.</summary>
    public const string Person = "person";

    /// <summary>What helps with it; people of the team who have it are suggested. <c>null</c> where the rule names none.</summary>
    public string? Skill { get; init; }

    public static Route By(string item) => new(Item, [$"item={item}"]);
}

/// <summary>Whether work has a path (routine) or the path has to be found (novel).</summary>
public static class WorkKind
{
    /// <summary>Claimed by one, solved, verified; or the tasks of the item's workflow.</summary>
    public const string Routine = "routine";

    /// <summary>Nothing like it is known: several work on it together, freely.</summary>
    public const string Novel = "novel";

    public static IReadOnlyList<string> All { get; } = [Routine, Novel];
}
