using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Simulation.People;

/// <summary>How much people like each button. One that is not named here is pressed now and then: a new feature needs no word in this list to be met.</summary>
internal static class Choices
{
    private const double Unknown = 2;

    private static readonly Dictionary<string, double> Daily = new(StringComparer.Ordinal)
    {
        ["confirm"] = 40,
        ["change-query"] = 8,
        ["person"] = 4,
        ["solved"] = 8,
        ["not-this"] = 6,
        ["order"] = 20,
        ["fixed"] = 30,
        ["still-broken"] = 12,
        ["survey"] = 4,
        ["new-issue"] = 10,
        ["approve"] = 30,
        ["reject"] = 10,
        ["claim"] = 40,
        ["join"] = 6,
        ["not-ours"] = 6,
        ["resolve"] = 30,
        ["reply"] = 10,
        ["note"] = 8,
        ["wait"] = 5,
        ["assign"] = 5,
        ["release"] = 4,
        ["change"] = 5,
        ["merge"] = 2,
        ["why"] = 2,
        ["next-unclaimed"] = 6,
        ["clarify"] = 30,
        ["split"] = 20,
        ["delegate"] = 4,
        ["ask-back"] = 4,
        ["answer-wish"] = 20,
        ["task-claim"] = 20,
        ["task-done"] = 40,
        ["task-there"] = 15,
        ["task-missing"] = 6,
    };

    /// <summary>What brings every matter to its end, when the world has calmed down.</summary>
    private static readonly Dictionary<string, double> Calm = new(StringComparer.Ordinal)
    {
        ["confirm"] = 1,
        ["order"] = 1,
        ["fixed"] = 1,
        ["approve"] = 1,
        ["resolve"] = 1,
        ["survey"] = 0.5,
        ["solved"] = 0.5,
        ["answer-wish"] = 1,
        ["not-needed"] = 1,
        ["task-done"] = 1,
        ["task-there"] = 0.5,
    };

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["confirm"] = ["yes", "that's right", "ok", "just log it", "ja"],
        ["fixed"] = ["yes, thanks", "works now", "thanks!", "yes"],
        ["still-broken"] = ["still broken", "no, it is still not working", "geht immer noch nicht"],
        ["person"] = ["can I talk to a person?"],
        ["change-query"] = ["change", "that's wrong"],
        ["solved"] = ["solved it"],
        ["not-this"] = ["didn't help"],
        ["survey"] = ["yes", "5", "skip", "partly"],
    };

    public static IReadOnlyList<string> Known { get; } = [.. Daily.Keys];

    public static double Of(Button button, bool calm) => !calm ? Daily.GetValueOrDefault(button.Action, Unknown)
        : button.Action == "survey" && button.Data.GetValueOrDefault("question") != "skip" ? 0
        : Calm.GetValueOrDefault(button.Action);

    public static string? InWords(string action) => Words.TryGetValue(action, out var said) ? said[action.Length % said.Length] : null;
}
