using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Commands;

/// <summary>How an operator names somebody.</summary>
internal static class PersonSearch
{
    /// <param name="snapshot">What is stored.</param>
    /// <param name="who">Desk id or e-mail address.</param>
    public static async ValueTask<Person?> FindAsync(this IDeskSnapshot snapshot, string who) =>
        await snapshot.PersonAsync(who) ?? await snapshot.PersonByEmailAsync(who);
}
