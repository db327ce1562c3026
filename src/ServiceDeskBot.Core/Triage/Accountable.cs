using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage;

/// <summary>Who answers for what the desk decides by itself: a person, never the program.</summary>
internal static class Accountable
{
    /// <summary>Desk ids: the one whom the desk's policies name, else its operators.</summary>
    public static async ValueTask<IReadOnlyList<string>> ForAutomationAsync(TurnContext context) =>
        context.Desk.Policies.Automation.Accountable is { } named && await context.PersonAsync(named) is not null
            ? [named]
            : await OperatorsAsync(context);

    public static async ValueTask<IReadOnlyList<string>> OperatorsAsync(TurnContext context) =>
        [.. (await context.Snapshot.PeopleWithRolesAsync()).Where(person => person.Is("operator")).Select(person => person.Id)];
}
