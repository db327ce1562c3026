using System.Globalization;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

internal static class TicketSql
{
    public static readonly Statement Open = new(
        """
        INSERT INTO tickets (tenant_id, id, number, type, state, is_open, team, owner, reporter, priority, opened_at, closed_at, version, item, summary, words, body)
        VALUES (@tenant, @id, @number, @type, @state, @is_open, @team, @owner, @reporter, @priority, @opened_at, @closed_at, @version, @item, @summary, @words, @body)
        ON CONFLICT (tenant_id, id) DO NOTHING
        """);

    public static readonly Statement Change = new(
        """
        UPDATE tickets SET
            type = @type, state = @state, is_open = @is_open, team = @team, owner = @owner, reporter = @reporter, priority = @priority,
            opened_at = @opened_at, closed_at = @closed_at, version = @version, item = @item,
            summary = COALESCE(@summary, summary), words = COALESCE(@words, words), body = @body
        WHERE tenant_id = @tenant AND id = @id AND version = @read_version
        """);

    public static readonly Statement AddEvent = new(
        "INSERT INTO ticket_events (tenant_id, ticket, seq, kind, at, body) VALUES (@tenant, @ticket, @seq, @kind, @at, @body)");

    public static readonly Statement PutText = new(
        """
        INSERT INTO texts (tenant_id, id, ticket, kind, author, visible, text, at, post)
        VALUES (@tenant, @id, @ticket, @kind, @author, @visible, @text, @at, @post)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            kind = excluded.kind, author = excluded.author, visible = excluded.visible, text = excluded.text, at = excluded.at, post = excluded.post
        """);

    public static readonly Statement ChangeText = new("UPDATE texts SET text = @text WHERE tenant_id = @tenant AND id = @id");

    public static readonly Statement Find = new("SELECT body, summary FROM tickets WHERE tenant_id = @tenant AND id = @id");

    public static readonly Statement Summary = new("SELECT summary FROM tickets WHERE tenant_id = @tenant AND id = @id");

    public static readonly Statement OpenOf = new(
        "SELECT body FROM tickets WHERE tenant_id = @tenant AND reporter = @reporter AND is_open = 1 ORDER BY number DESC");

    public static readonly Statement Spans = new(
        """
        SELECT opened_at, closed_at FROM tickets WHERE tenant_id = @tenant AND team = @team AND is_open = 1 AND type <> 'query'
        UNION ALL
        SELECT opened_at, closed_at FROM tickets WHERE tenant_id = @tenant AND team = @team AND closed_at >= @since AND is_open = 0 AND type <> 'query'
        """);

    public static readonly Statement Events = new("SELECT body FROM ticket_events WHERE tenant_id = @tenant AND ticket = @ticket ORDER BY seq");

    public static readonly Statement Texts = new(
        """
        SELECT id, ticket, kind, author, visible, text, at, post FROM texts
        WHERE tenant_id = @tenant AND ticket = @ticket ORDER BY at, seq
        """);

    public static readonly Statement TextOfPost = new(
        """
        SELECT id, ticket, kind, author, visible, text, at, post FROM texts
        WHERE tenant_id = @tenant AND ticket = @ticket AND post = @post ORDER BY at, seq
        """);

    public static IEnumerable<Step> Put(PutTicket put)
    {
        var (ticket, readVersion, events, summary) = put;
        if (ticket.Version != readVersion + events.Count)
        {
            throw new InvalidOperationException(
                $"{ticket.Id} is at version {ticket.Version} after {events.Count} events on version {readVersion}: a version is the number of events.");
        }

        var words = summary?.ToLowerInvariant();
        yield return readVersion == 0
            ? Open.MustChange(
                ticket.Id, Number(ticket.Id), ticket.Type, ticket.State, ticket.IsOpen ? 1 : 0, ticket.Team, ticket.Owner, ticket.Reporter, ticket.Priority,
                Stored.Moment(ticket.Opened), Stored.Moment(ticket.Closed), ticket.Version, ticket.Item, summary ?? "", words ?? "", Stored.Json(ticket))
            : Change.MustChange(
                ticket.Type, ticket.State, ticket.IsOpen ? 1 : 0, ticket.Team, ticket.Owner, ticket.Reporter, ticket.Priority,
                Stored.Moment(ticket.Opened), Stored.Moment(ticket.Closed), ticket.Version, ticket.Item, summary, words, Stored.Json(ticket), ticket.Id, readVersion);

        for (var i = 0; i < events.Count; i++)
        {
            yield return AddEvent.With(
                ticket.Id, readVersion + i + 1, events[i].Kind, Stored.Moment(events[i].At), Stored.Json(events[i]));
        }
    }

    public static Step Put(TicketText text) => PutText.With(
        text.Id, text.Ticket, text.Kind, text.Author, text.Visible, text.Text, Stored.Moment(text.At), text.Post);

    /// <summary>The search of a list: only the conditions that are asked for, so that the database can choose an index by them.</summary>
    public static Step Search(TicketFilter filter)
    {
        var conditions = new List<string>();
        var values = new List<object?>();

        void Where(string condition, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add(value);
            }
        }

        Where("state = @state", filter.State);
        Where(filter.Type is null ? "type <> @type" : "type = @type", filter.Type ?? "query");
        Where("team = @team", filter.Team);
        Where("reporter = @reporter", filter.Reporter);
        Where("owner = @owner", filter.Owner);
        Where("item = @item", filter.Item);
        Where("opened_at >= @opened_from", Stored.Moment(filter.OpenedFrom));
        Where("closed_at >= @closed_from", Stored.Moment(filter.ClosedFrom));
        Where("number < @before", filter.Before);
        foreach (var (index, word) in Words(filter.Text).Index())
        {
            Where($@"words LIKE @word{Letter(index)} ESCAPE '\'", $"%{Literally(word)}%");
        }

        values.Add(filter.Limit);
        return new Statement(
            $"""
            SELECT body FROM tickets
            WHERE tenant_id = @tenant{(filter.OpenOnly ? " AND is_open = 1" : "")}{string.Concat(conditions.Select(condition => $" AND {condition}"))}
            ORDER BY number DESC LIMIT @limit
            """).With([.. values]);
    }

    public static Ticket Row(IRow row) => row.Json<Ticket>(0);

    public static TicketSpan Span(IRow row) => new(row.Moment(0), row.MomentOrNull(1));

    public static TicketEvent Event(IRow row) => row.Json<TicketEvent>(0);

    public static TicketText Text(IRow row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Moment(6), row.TextOrNull(7));

    /// <summary>The digits of the id: 1042 of <c>INC-1042</c>.</summary>
    private static long Number(string id) => long.Parse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>At most eight words are looked for.</summary>
    private static IEnumerable<string> Words(string? text) =>
        (text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8);

    private static char Letter(int index) => (char)('a' + index);

    private static string Literally(string word) => word.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
