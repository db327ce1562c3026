using System.Data.Common;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>Reads within one read transaction, which its database begins before and ends at <paramref name="end"/>.</summary>
internal sealed partial class DeskSnapshot(IStatementReader commands, Func<ValueTask> end) : IDeskSnapshot
{
    private static readonly Statement Figures = new(
        """
        SELECT
            (SELECT count(*) FROM tickets WHERE tenant_id = @tenant),
            (SELECT count(*) FROM tickets WHERE tenant_id = @tenant AND is_open = 1),
            (SELECT count(*) FROM inbox WHERE tenant_id = @tenant AND done_at IS NULL AND failure IS NULL),
            (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND state = 'queued'),
            (SELECT count(*) FROM outbox WHERE tenant_id = @tenant AND state = 'dead'),
            (SELECT count(*) FROM people WHERE tenant_id = @tenant)
        """);

    private Func<ValueTask>? _end = end;

    public ValueTask<Person?> PersonAsync(string id) => Open.FirstAsync(PeopleSql.ById, PeopleSql.Row, id);

    public ValueTask<Person?> PersonByAccountAsync(string channel, string account) =>
        Open.FirstAsync(PeopleSql.ByAccount, PeopleSql.Row, channel, account);

    public ValueTask<Person?> PersonByEmailAsync(string email) =>
        Open.FirstAsync(PeopleSql.ByEmail, PeopleSql.Row, PeopleSql.Address(email));

    public async ValueTask<IReadOnlyList<Person>> PeopleWithRolesAsync() =>
        [.. (await Open.ListAsync(PeopleSql.All, PeopleSql.Row)).Where(person => person.Roles.Count > 0)];

    public ValueTask<IReadOnlyList<PersonAccount>> AccountsOfAsync(string person) =>
        Open.ListAsync(PeopleSql.AccountsOf, PeopleSql.Account, person);

    public async ValueTask<ConversationState> ConversationAsync(string conversation, string person) =>
        await Open.FirstAsync(ConversationSql.Find, ConversationSql.Row, conversation, person) ?? ConversationState.Empty;

    public ValueTask<Ticket?> TicketAsync(string id) => Open.FirstAsync(TicketSql.Find, TicketSql.Row, id);

    public async ValueTask<string> SummaryAsync(string ticket) => await Open.FirstAsync(TicketSql.Summary, Text, ticket) ?? "";

    public ValueTask<string?> TicketOfPostAsync(string channel, string conversation, string postId) =>
        Open.FirstAsync(MirrorSql.TicketOfPost, Text, channel, conversation, postId);

    public ValueTask<IReadOnlyList<string>> PostsAsync(string ticket, string channel, string conversation) =>
        Open.ListAsync(MirrorSql.PostsOfTicket, Text, channel, conversation, ticket);

    public ValueTask<IReadOnlyList<Ticket>> OpenTicketsOfAsync(string reporter) => Open.ListAsync(TicketSql.OpenOf, TicketSql.Row, reporter);

    public ValueTask<IReadOnlyList<Ticket>> TicketsAsync(TicketFilter filter)
    {
        var search = TicketSql.Search(filter);
        return Open.ListOnceAsync(search.Statement, TicketSql.Row, search.Values);
    }

    public ValueTask<IReadOnlyList<TicketEvent>> EventsAsync(string ticket) => Open.ListAsync(TicketSql.Events, TicketSql.Event, ticket);

    public ValueTask<IReadOnlyList<TicketText>> TextsAsync(string ticket) => Open.ListAsync(TicketSql.Texts, TicketSql.Text, ticket);

    public ValueTask<TicketText?> TextOfPostAsync(string ticket, string postId) =>
        Open.FirstAsync(TicketSql.TextOfPost, TicketSql.Text, ticket, postId);

    public ValueTask<IReadOnlyList<Mirror>> MirrorsAsync(string ticket) => Open.ListAsync(MirrorSql.OfTicket, MirrorSql.Row, ticket);

    public ValueTask<Mirror?> MirrorAsync(long id) => Open.FirstAsync(MirrorSql.Find, MirrorSql.Row, id);

    public ValueTask<string?> TeamOfChannelAsync(string channel, string conversation) =>
        Open.FirstAsync(BindingSql.TeamOf, Text, channel, conversation);

    public ValueTask<IReadOnlyList<Place>> ChannelsOfTeamAsync(string team) => Open.ListAsync(BindingSql.ChannelsOf, BindingSql.Row, team);

    public ValueTask<DateTimeOffset?> LastSurveyAsync(string person) =>
        Open.FirstAsync(FeedbackSql.LastSurvey, row => row.MomentOrNull(0), person);

    public ValueTask<Survey?> SurveyAsync(string ticket) => Open.FirstAsync(FeedbackSql.Survey, FeedbackSql.SurveyRow, ticket);

    public ValueTask<IReadOnlyList<NamedFeedback>> NamedFeedbackAsync(string team, DateTimeOffset from, DateTimeOffset to) =>
        Open.ListAsync(FeedbackSql.Named, FeedbackSql.NamedRow, team, Stored.Moment(from), Stored.Moment(to));

    public ValueTask<IReadOnlyList<AnonymousFeedback>> AnonymousFeedbackAsync(string team, DateOnly firstWeek, DateOnly lastWeek) =>
        Open.ListAsync(FeedbackSql.Anonymous, FeedbackSql.AnonymousRow, team, Stored.Day(firstWeek), Stored.Day(lastWeek));

    public ValueTask<bool> DigestSentAsync(string manager, DateOnly day) =>
        Open.FirstAsync(FeedbackSql.Digest, _ => true, manager, Stored.Day(day));

    public async ValueTask<StoreFigures> FiguresAsync() => (await Open.FirstAsync(Figures, FiguresRow))!;

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

    private static string Text(DbDataReader row) => row.GetString(0);

    private static StoreFigures FiguresRow(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
}
