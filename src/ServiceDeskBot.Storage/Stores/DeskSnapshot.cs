using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>Reads within one read transaction, which its database begins before and ends at <paramref name="end"/>. A database may have read some of it beforehand.</summary>
internal partial class DeskSnapshot(IStatementReader commands, Func<ValueTask> end) : IDeskSnapshot
{
    private static readonly Statement Figures = new(
        """
        SELECT
            (SELECT count(*) FROM tickets WHERE tenant_id = @tenant),
            (SELECT count(*) FROM tickets WHERE tenant_id = @tenant AND is_open = 1),
            (SELECT count(*) FROM inbox WHERE tenant_id = @tenant AND done_at IS NULL AND failure IS NULL),
            (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND state = 'queued'),
            (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND state = 'dead'),
            (SELECT count(*) FROM people WHERE tenant_id = @tenant),
            (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND state = 'queued' AND attempts >= 10)
        """);

    // A snapshot does not change: whoever draws a card or takes an action asks for the same ticket, and its words, several times.
    private readonly Dictionary<string, (Ticket Ticket, string Summary)> _tickets = new(StringComparer.Ordinal);

    private Func<ValueTask>? _end = end;

    public virtual ValueTask<Person?> PersonAsync(string id) => Open.FirstAsync(PeopleSql.ById, PeopleSql.Row, id);

    public virtual ValueTask<Person?> PersonByAccountAsync(string channel, string account) =>
        Open.FirstAsync(PeopleSql.ByAccount, PeopleSql.Row, channel, account);

    public virtual ValueTask<Person?> PersonByEmailAsync(string email) =>
        Open.FirstAsync(PeopleSql.ByEmail, PeopleSql.Row, PeopleSql.Address(email));

    public virtual async ValueTask<IReadOnlyList<Person>> PeopleWithRolesAsync() =>
        [.. (await Open.ListAsync(PeopleSql.All, PeopleSql.Row)).Where(person => person.Roles.Count > 0)];

    public virtual ValueTask<IReadOnlyList<PersonAccount>> AccountsOfAsync(string person) =>
        Open.ListAsync(PeopleSql.AccountsOf, PeopleSql.Account, person);

    public virtual async ValueTask<ConversationState> ConversationAsync(string conversation, string person) =>
        await Open.FirstAsync(ConversationSql.Find, ConversationSql.Row, conversation, person) ?? ConversationState.Empty;

    public virtual async ValueTask<Ticket?> TicketAsync(string id)
    {
        if (_tickets.TryGetValue(id, out var known))
        {
            return known.Ticket;
        }

        if (await Open.FirstAsync(TicketSql.Find, row => (Ticket: TicketSql.Row(row), Summary: row.GetString(1)), id) is not { Ticket: { } ticket } found)
        {
            return null;
        }

        _tickets[id] = found;
        return ticket;
    }

    public virtual async ValueTask<string> SummaryAsync(string ticket) =>
        _tickets.TryGetValue(ticket, out var known) ? known.Summary : await Open.FirstAsync(TicketSql.Summary, Text, ticket) ?? "";

    public virtual ValueTask<string?> TicketOfPostAsync(string channel, string conversation, string postId) =>
        Open.FirstAsync(MirrorSql.TicketOfPost, Text, channel, conversation, postId);

    public virtual ValueTask<IReadOnlyList<string>> PostsAsync(string ticket, string channel, string conversation) =>
        Open.ListAsync(MirrorSql.PostsOfTicket, Text, channel, conversation, ticket);

    public virtual ValueTask<IReadOnlyList<Ticket>> OpenTicketsOfAsync(string reporter) => Open.ListAsync(TicketSql.OpenOf, TicketSql.Row, reporter);

    public virtual ValueTask<IReadOnlyList<Ticket>> TicketsAsync(TicketFilter filter)
    {
        var search = TicketSql.Search(filter);
        return Open.ListOnceAsync(search.Statement, TicketSql.Row, search.Values);
    }

    public virtual ValueTask<IReadOnlyList<TicketSpan>> SpansAsync(string team, DateTimeOffset since) =>
        Open.ListAsync(TicketSql.Spans, TicketSql.Span, team, Stored.Moment(since));

    public virtual ValueTask<IReadOnlyList<TicketEvent>> EventsAsync(string ticket) => Open.ListAsync(TicketSql.Events, TicketSql.Event, ticket);

    public virtual ValueTask<IReadOnlyList<TicketText>> TextsAsync(string ticket) => Open.ListAsync(TicketSql.Texts, TicketSql.Text, ticket);

    public virtual ValueTask<TicketText?> TextOfPostAsync(string ticket, string postId) =>
        Open.FirstAsync(TicketSql.TextOfPost, TicketSql.Text, ticket, postId);

    public virtual ValueTask<IReadOnlyList<Mirror>> MirrorsAsync(string ticket) => Open.ListAsync(MirrorSql.OfTicket, MirrorSql.Row, ticket);

    public virtual ValueTask<Mirror?> MirrorAsync(long id) => Open.FirstAsync(MirrorSql.Find, MirrorSql.Row, id);

    public virtual ValueTask<string?> TeamOfChannelAsync(string channel, string conversation) =>
        Open.FirstAsync(BindingSql.TeamOf, Text, channel, conversation);

    public virtual ValueTask<IReadOnlyList<Place>> ChannelsOfTeamAsync(string team) => Open.ListAsync(BindingSql.ChannelsOf, BindingSql.Row, team);

    public virtual ValueTask<DateTimeOffset?> LastSurveyAsync(string person) =>
        Open.FirstAsync(FeedbackSql.LastSurvey, row => row.MomentOrNull(0), person);

    public virtual ValueTask<Survey?> SurveyAsync(string ticket) => Open.FirstAsync(FeedbackSql.Survey, FeedbackSql.SurveyRow, ticket);

    public virtual ValueTask<IReadOnlyList<NamedFeedback>> NamedFeedbackAsync(string team, DateTimeOffset from, DateTimeOffset to) =>
        Open.ListAsync(FeedbackSql.Named, FeedbackSql.NamedRow, team, Stored.Moment(from), Stored.Moment(to));

    public virtual ValueTask<IReadOnlyList<AnonymousFeedback>> AnonymousFeedbackAsync(string team, DateOnly firstWeek, DateOnly lastWeek) =>
        Open.ListAsync(FeedbackSql.Anonymous, FeedbackSql.AnonymousRow, team, Stored.Day(firstWeek), Stored.Day(lastWeek));

    public virtual ValueTask<bool> WasToldAsync(string news, DateOnly day) =>
        Open.FirstAsync(FeedbackSql.Digest, _ => true, news, Stored.Day(day));

    public virtual async ValueTask<StoreFigures> FiguresAsync() => (await Open.FirstAsync(Figures, FiguresRow))!;

    /// <summary>Ending twice is harmless; reading afterwards is not, since the connection serves somebody else by then.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _end, null)?.Invoke() ?? ValueTask.CompletedTask;

    private IStatementReader Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(_end is null, this);
            return commands;
        }
    }

    private static string Text(IRow row) => row.GetString(0);

    private static StoreFigures FiguresRow(IRow row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
}
