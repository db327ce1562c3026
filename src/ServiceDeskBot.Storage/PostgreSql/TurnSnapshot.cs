using System.Data.Common;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>
/// A snapshot that was read in one round trip, for one turn. What an unusual turn needs beyond it is read afterwards, in a transaction of its own;
/// whatever changed in between and matters meets its expected version when the turn is committed.
/// </summary>
internal sealed class TurnSnapshot : DeskSnapshot
{
    private readonly Turn _turn;
    private readonly HashSet<string> _ids;
    private readonly Dictionary<string, string> _ticketsOfPosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Ticket Ticket, string Summary)> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private Person? _actor;
    private ConversationState? _talk;
    private string? _teamHere;
    private ILookup<string, Mirror> _mirrors = null!;
    private ILookup<string, TicketText> _texts = null!;
    private ILookup<string, Place> _channels = null!;
    private ILookup<string, PersonAccount> _accounts = null!;

    private TurnSnapshot(Turn turn, PostgreSqlReader beyond)
        : base(beyond, beyond.DisposeAsync)
    {
        _turn = turn;
        _ids = [.. TurnSql.IdsIn(turn.Input)];
    }

    private string Talk => Deciding.ConversationKey(_turn);

    public static Task<TurnSnapshot> ReadAsync(Turn turn, PostgreSqlDatabase database)
    {
        var (place, account, snapshot) = (turn.Place, turn.From.Account, new TurnSnapshot(turn, new PostgreSqlReader(database)));
        string[] ids = [.. snapshot._ids];
        var posts = TurnSql.PostsOf(turn);
        object?[] meant = [ids, place.Channel, place.Conversation, posts, account];
        Step[] steps =
        [
            TurnSql.Begin.With(),
            PeopleSql.ByAccount.With(place.Channel, account),
            TurnSql.Talk.With(place.Channel, account, snapshot.Talk),
            BindingSql.TeamOf.With(place.Channel, place.Conversation),
            TurnSql.TicketsOfPosts.With(place.Channel, place.Conversation, posts),
            TurnSql.Tickets.With(meant),
            TurnSql.Mirrors.With(meant),
            TurnSql.Texts.With(meant),
            TurnSql.Channels.With(meant),
            TurnSql.People.With(meant),
            TurnSql.Accounts.With(meant),
            TurnSql.End.With(),
        ];
        return database.AskAsync(async connection =>
        {
            await using var batch = database.Batch(connection, steps);
            await using var rows = await batch.ExecuteReaderAsync();
            await snapshot.TakeAsync(rows);
            return snapshot;
        });
    }

    public override ValueTask<Person?> PersonAsync(string id) => _people.TryGetValue(id, out var person) ? new(person) : base.PersonAsync(id);

    public override ValueTask<Person?> PersonByAccountAsync(string channel, string account) =>
        channel == _turn.Place.Channel && account == _turn.From.Account ? new(_actor) : base.PersonByAccountAsync(channel, account);

    public override ValueTask<IReadOnlyList<PersonAccount>> AccountsOfAsync(string person) =>
        _people.ContainsKey(person) ? new([.. _accounts[person]]) : base.AccountsOfAsync(person);

    public override ValueTask<ConversationState> ConversationAsync(string conversation, string person) =>
        conversation == Talk && person == _actor?.Id ? new(_talk ?? ConversationState.Empty) : base.ConversationAsync(conversation, person);

    public override ValueTask<Ticket?> TicketAsync(string id) =>
        _tickets.TryGetValue(id, out var known) ? new(known.Ticket) : _ids.Contains(id) ? new((Ticket?)null) : base.TicketAsync(id);

    public override ValueTask<string> SummaryAsync(string ticket) => _tickets.TryGetValue(ticket, out var known) ? new(known.Summary) : base.SummaryAsync(ticket);

    public override ValueTask<string?> TicketOfPostAsync(string channel, string conversation, string postId) =>
        channel == _turn.Place.Channel && conversation == _turn.Place.Conversation && TurnSql.PostsOf(_turn).Contains(postId)
            ? new(_ticketsOfPosts.GetValueOrDefault(postId))
            : base.TicketOfPostAsync(channel, conversation, postId);

    public override ValueTask<IReadOnlyList<Ticket>> OpenTicketsOfAsync(string reporter) => reporter == _actor?.Id
        ? new([.. _tickets.Values.Select(known => known.Ticket).Where(ticket => ticket.IsOpen && ticket.Reporter == reporter)])
        : base.OpenTicketsOfAsync(reporter);

    public override ValueTask<IReadOnlyList<Mirror>> MirrorsAsync(string ticket) => _tickets.ContainsKey(ticket) ? new([.. _mirrors[ticket]]) : base.MirrorsAsync(ticket);

    public override ValueTask<IReadOnlyList<TicketText>> TextsAsync(string ticket) => _tickets.ContainsKey(ticket) ? new([.. _texts[ticket]]) : base.TextsAsync(ticket);

    public override ValueTask<TicketText?> TextOfPostAsync(string ticket, string postId) =>
        _tickets.ContainsKey(ticket) ? new(_texts[ticket].FirstOrDefault(text => text.Post == postId)) : base.TextOfPostAsync(ticket, postId);

    public override ValueTask<string?> TeamOfChannelAsync(string channel, string conversation) =>
        channel == _turn.Place.Channel && conversation == _turn.Place.Conversation ? new(_teamHere) : base.TeamOfChannelAsync(channel, conversation);

    public override ValueTask<IReadOnlyList<Place>> ChannelsOfTeamAsync(string team) =>
        _tickets.Values.Any(known => known.Ticket.Team == team) ? new([.. _channels[team]]) : base.ChannelsOfTeamAsync(team);

    /// <summary>In the order of the statements.</summary>
    private async Task TakeAsync(DbDataReader rows)
    {
        _actor = await NextAsync(rows, PeopleSql.Row) is [var actor] ? actor : null;
        _talk = await NextAsync(rows, ConversationSql.Row) is [var talk] ? talk : null;
        _teamHere = await NextAsync(rows, row => row.GetString(0)) is [var team] ? team : null;
        foreach (var (post, ticket) in await NextAsync(rows, row => (row.GetString(0), row.GetString(1))))
        {
            _ticketsOfPosts[post] = ticket;
        }

        foreach (var (ticket, summary) in await NextAsync(rows, row => (TicketSql.Row(row), row.GetString(1))))
        {
            _tickets[ticket.Id] = (ticket, summary);
        }

        _mirrors = (await NextAsync(rows, MirrorSql.Row)).ToLookup(mirror => mirror.Ticket, StringComparer.Ordinal);
        _texts = (await NextAsync(rows, TicketSql.Text)).ToLookup(text => text.Ticket, StringComparer.Ordinal);
        _channels = (await NextAsync(rows, row => (At: BindingSql.Row(row), Team: row.GetString(1)))).ToLookup(one => one.Team, one => one.At, StringComparer.Ordinal);
        foreach (var person in await NextAsync(rows, PeopleSql.Row))
        {
            _people[person.Id] = person;
        }

        _accounts = (await NextAsync(rows, row => (Of: row.GetString(3), Account: PeopleSql.Account(row)))).ToLookup(one => one.Of, one => one.Account, StringComparer.Ordinal);
    }

    private static async ValueTask<IReadOnlyList<T>> NextAsync<T>(DbDataReader rows, Func<IRow, T> read)
    {
        var all = await PostgreSqlDatabase.AllAsync(rows, read);
        await rows.NextResultAsync();
        return all;
    }
}
