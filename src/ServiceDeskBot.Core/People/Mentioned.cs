using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.People;

/// <summary>People that words name: by first or full name among those the desk knows, or by address.</summary>
internal static partial class Mentioned
{
    /// <summary>Everybody the words could mean; empty when nobody is named.</summary>
    public static async ValueTask<IReadOnlyList<Person>> PeopleAsync(string text, TurnContext context)
    {
        var found = new List<Person>();
        foreach (Match address in Address().Matches(text))
        {
            if (await context.Snapshot.PersonByEmailAsync(address.Value.ToLowerInvariant()) is { } known)
            {
                found.Add(known);
            }
        }

        found.AddRange(context.Desk.People
            .Where(known => Names(text, known.Name) || text.Contains(known.Email, StringComparison.OrdinalIgnoreCase))
            .Select(Newcomers.Of));
        return [.. found.DistinctBy(person => person.Id)];
    }

    /// <summary>True when the full name, or its first part with a capital, stands in the text as a word ("Peter's" too).</summary>
    private static bool Names(string text, string name)
    {
        foreach (var form in new[] { name, name.Split(' ')[0] })
        {
            var at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase);
            if (form.Length > 2 && at >= 0
                && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (at + form.Length == text.Length || !char.IsLetterOrDigit(text[at + form.Length])))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,64}(\.[\w-]{1,64})+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Address();
}
