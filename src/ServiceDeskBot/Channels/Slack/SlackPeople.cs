using System.Collections.Concurrent;
using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Who an account is, as far as Slack vouches for it.</summary>
public sealed class SlackPeople(ITurns turns, SlackApi api, SlackIdentity identity, TimeProvider clock)
{
    /// <summary>Guests stay without an address and would be asked for with every message.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<string, (Sender Person, DateTimeOffset Until)> _introduced = new(StringComparer.Ordinal);

    /// <summary>Adds name, address, language and zone for an account that the desk does not know yet; as it came when Slack does not answer in time.</summary>
    public async Task<Sender> IntroduceAsync(Sender sender, CancellationToken deadline) =>
        await turns.KnowsAsync(SlackChannel.Name, sender.Account, CancellationToken.None) ? sender : await LookUpAsync(sender, deadline);

    /// <summary>The names of people who are mentioned in a text, as far as Slack tells them in time.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string> accounts, CancellationToken deadline)
    {
        var people = await Task.WhenAll(accounts.Select(account => LookUpAsync(new Sender(account, account), deadline)));
        return people.ToDictionary(person => person.Account, person => person.Name, StringComparer.Ordinal);
    }

    private async Task<Sender> LookUpAsync(Sender sender, CancellationToken deadline)
    {
        if (_introduced.TryGetValue(sender.Account, out var known) && clock.GetUtcNow() < known.Until)
        {
            return known.Person;
        }

        try
        {
            var arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["user"] = sender.Account, ["include_locale"] = "true" };
            var asked = api.ReadAsync("users.info", arguments, deadline);
            var bot = await identity.AskAsync(deadline);
            var reply = await asked;
            return reply.Ok && bot is not null ? Remember(Introduced(sender, reply.Body.Part("user"), bot.Team)) : sender;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return sender;
        }
    }

    private Sender Remember(Sender person)
    {
        if (_introduced.Count >= Remembered)
        {
            _introduced.Clear();
        }

        _introduced[person.Account] = (person, clock.GetUtcNow() + Fresh);
        return person;
    }

    private static Sender Introduced(Sender sender, JsonElement user, string team)
    {
        var profile = user.Part("profile");

        // An address makes somebody a person of this organisation, with that person's rights. Guests, bots and strangers
        // from shared channels choose their address themselves, so only full members of the own workspace keep theirs.
        var isMember = user.Text("team_id") == team
            && !user.Flag("is_restricted") && !user.Flag("is_ultra_restricted") && !user.Flag("is_stranger") && !user.Flag("is_bot");
        return sender with
        {
            Name = Filled(profile.Text("real_name")) ?? Filled(user.Text("real_name")) ?? Filled(user.Text("name")) ?? sender.Name,
            Email = isMember ? Filled(profile.Text("email")) : null,
            Locale = Filled(user.Text("locale")),
            Zone = Filled(user.Text("tz")),
        };
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
