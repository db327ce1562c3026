using System.Globalization;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Simulation.People;

/// <summary>Fills in whatever is asked, mostly as it should be.</summary>
internal static class Forms
{
    public static Dictionary<string, string> Fill(IReadOnlyList<CardPart> parts, World world)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in parts.OfType<InputPart>())
        {
            var leaves = !world.Weather.IsCalm && world.Dice.Chance(input.Required ? 0.04 : 0.5);
            if (!leaves)
            {
                fields[input.Id] = Value(input, world);
            }
        }

        return fields;
    }

    /// <summary>What any action may ask for.</summary>
    public static Dictionary<string, string> Anything(World world) => new(StringComparer.Ordinal)
    {
        ["text"] = world.Texts.Work(),
        ["team"] = world.Dice.One(world.Desk.Teams).Id,
        ["person"] = world.Dice.One(world.Desk.People).Id,
        ["impact"] = world.Dice.One(["person", "team", "organisation"]),
    };

    private static string Value(InputPart input, World world) => input.Kind switch
    {
        InputKind.Choice when input.Choices.Count > 0 => world.Dice.One(input.Choices).Value,
        InputKind.Date => world.Time.GetUtcNow().AddDays(1 + world.Dice.Below(20)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        InputKind.Number => world.Dice.Below(20).ToString(CultureInfo.InvariantCulture),
        _ when input.Id == "into" && world.Audit.Tickets.All.Count > 0 => world.Audit.Tickets.All.ElementAt(world.Dice.Below(world.Audit.Tickets.All.Count)).Id,
        _ => world.Texts.Work(),
    };
}
