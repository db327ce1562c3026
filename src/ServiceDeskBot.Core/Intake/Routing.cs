using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Chooses the team: by the desk's first routing rule whose every attribute fits, else by category; and keeps what decided.</summary>
internal static class Routing
{
    /// <summary>Hands what was read to a team.</summary>
    /// <param name="reporter">Desk id.</param>
    /// <param name="words">The person's own.</param>
    public static async ValueTask<Classified> RoutedAsync(this Classified read, TurnContext turn, string reporter, string words)
    {
        if (read.Restricted)
        {
            // No rule leads out of the closed circle.
            return read with { Route = new Route(Route.Closed, [$"category={read.Category}"]) };
        }

        var attributes = AttributesOf(read, await turn.PersonAsync(reporter), turn.Desk);
        foreach (var rule in turn.Desk.Policies.Routing)
        {
            if (Deciding(rule, attributes, words) is { } decided)
            {
                return read with { Team = rule.Team, Route = new Route(rule.Id, decided) { Skill = rule.Skill } };
            }
        }

        return read with { Route = new Route(Route.Category, [$"category={read.Category}"]) };
    }

    private static Dictionary<string, IReadOnlyList<string>> AttributesOf(Classified read, Person? reporter, DeskContent desk)
    {
        var locale = reporter?.Locale?.Split('-') ?? [];
        return new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["type"] = Known(read.Prediction?.Type),
            ["category"] = Known(read.Category),
            ["service"] = Known(read.Service),
            ["language"] = Known(locale.FirstOrDefault()),
            ["country"] = Known(locale.Length > 1 ? locale[^1] : null),
            ["department"] = Known(reporter?.Department),
            ["site"] = Known(reporter?.Site),
            ["group"] = desk.People.FirstOrDefault(known => known.Id == reporter?.Id)?.Groups ?? [],
        };
    }

    private static string[] Known(string? value) => string.IsNullOrEmpty(value) ? [] : [value];

    /// <summary>What made the rule fit, one <c>attribute=value</c> each; <c>null</c> when it does not fit.</summary>
    private static List<string>? Deciding(RoutingRule rule, Dictionary<string, IReadOnlyList<string>> attributes, string words)
    {
        var decided = new List<string>();
        foreach (var (attribute, wanted) in rule.When)
        {
            var value = attribute == RoutingRule.Technology
                ? wanted.FirstOrDefault(term => WholeWords.AllIn(words, term))
                : wanted.FirstOrDefault(one => attributes[attribute].Contains(one, StringComparer.OrdinalIgnoreCase));
            if (value is null)
            {
                return null;
            }

            decided.Add($"{attribute}={value}");
        }

        return decided;
    }
}
