using System.Security.Cryptography;
using System.Text;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.People;

/// <summary>Ties a platform account to a person at first contact: by the account named in <c>people.yaml</c>, else by the address the platform vouches for; never by a display name.</summary>
public static class Newcomers
{
    /// <summary>The person behind the sender; binds, and creates an end user for somebody new.</summary>
    public static async ValueTask<Person> RecogniseAsync(Turn turn, IDeskSnapshot snapshot, DeskContent desk, Decision decision)
    {
        var personal = turn.Place.Kind == PlaceKind.Personal ? turn.Place with { Thread = null } : null;
        if (await snapshot.PersonByAccountAsync(turn.Place.Channel, turn.From.Account) is { } known)
        {
            return await IsNowVouchedForAsync(known, turn, personal, snapshot, desk, decision) ?? await RefreshAsync(known, turn, personal, snapshot, decision);
        }

        var person = await MatchAsync(turn, snapshot, desk) ?? Create(turn);
        decision.Add(new PutPerson(person));
        decision.Add(new BindAccount(turn.Place.Channel, turn.From.Account, person.Id, personal));
        return person;
    }

    /// <summary>
    /// The platform may have been silent at first contact. The address it vouches for now leads to the person it belongs to;
    /// otherwise an agent would stay a stranger for ever. <c>null</c> where there is nothing new.
    /// </summary>
    private static async ValueTask<Person?> IsNowVouchedForAsync(Person known, Turn turn, Place? personal, IDeskSnapshot snapshot, DeskContent desk, Decision decision)
    {
        if (known.Email is not null || turn.From.Email is null)
        {
            return null;
        }

        var person = await MatchAsync(turn, snapshot, desk)
            ?? known with { Email = turn.From.Email.ToLowerInvariant(), Name = turn.From.Name, Locale = known.Locale ?? turn.From.Locale, Zone = known.Zone ?? turn.From.Zone };
        decision.Add(new PutPerson(person));
        decision.Add(new BindAccount(turn.Place.Channel, turn.From.Account, person.Id, personal));
        return person;
    }

    /// <summary>Remembers a personal place, a language or a zone that was not known before.</summary>
    private static async ValueTask<Person> RefreshAsync(Person known, Turn turn, Place? personal, IDeskSnapshot snapshot, Decision decision)
    {
        if (personal is not null)
        {
            var account = (await snapshot.AccountsOfAsync(known.Id)).FirstOrDefault(account => account.Channel == turn.Place.Channel && account.Account == turn.From.Account);
            if (account?.Personal != personal)
            {
                decision.Add(new BindAccount(turn.Place.Channel, turn.From.Account, known.Id, personal));
            }
        }

        var (zone, locale) = (known.Zone ?? Said(turn.From.Zone), known.Locale ?? Said(turn.From.Locale));
        if (zone != known.Zone || locale != known.Locale)
        {
            known = known with { Zone = zone, Locale = locale };
            decision.Add(new PutPerson(known));
        }

        return known;
    }

    private static async ValueTask<Person?> MatchAsync(Turn turn, IDeskSnapshot snapshot, DeskContent desk)
    {
        var named = desk.People.FirstOrDefault(person => person.Accounts.TryGetValue(turn.Place.Channel, out var account) && account == turn.From.Account)
            ?? (turn.From.Email is { } email ? desk.People.FirstOrDefault(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase)) : null);
        if (named is not null)
        {
            return await snapshot.PersonAsync(named.Id) ?? Of(named);
        }

        return turn.From.Email is null ? null : await snapshot.PersonByEmailAsync(turn.From.Email);
    }

    /// <summary>A person of <c>people.yaml</c> as the desk stores them.</summary>
    public static Person Of(KnownPerson known) =>
        new(known.Id, known.Name, known.Email.ToLowerInvariant(), known.Roles, known.Manager, Said(known.Department), Said(known.Site), Said(known.Locale), Said(known.Zone));

    private static string? Said(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>The id follows from the account, so that two first messages at the same moment make one person.</summary>
    private static Person Create(Turn turn)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{turn.Place.Channel}:{turn.Place.Organisation}:{turn.From.Account}"));
        return new Person($"p-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}", turn.From.Name, turn.From.Email?.ToLowerInvariant(), [], Locale: Said(turn.From.Locale), Zone: Said(turn.From.Zone));
    }
}
