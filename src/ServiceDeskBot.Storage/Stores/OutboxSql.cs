using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Storage.Stores;

internal static class OutboxSql
{
    // Of each lane only its first message, found by stepping from lane to lane: the cost follows the lanes, not the backlog.
    public const string Heads =
        """
        WITH RECURSIVE lanes (lane) AS (
            SELECT min(lane) FROM outbox WHERE tenant_id = @tenant AND state = 'queued'
            UNION ALL
            SELECT (SELECT min(o.lane) FROM outbox o WHERE o.tenant_id = @tenant AND o.state = 'queued' AND o.lane > lanes.lane)
            FROM lanes WHERE lanes.lane IS NOT NULL),
        heads (id) AS (
            SELECT (SELECT min(o.id) FROM outbox o WHERE o.tenant_id = @tenant AND o.state = 'queued' AND o.lane = lanes.lane)
            FROM lanes WHERE lanes.lane IS NOT NULL)
        """;

    public static readonly Statement Queue = new(
        """
        INSERT INTO outbox (tenant_id, lane, revision, body, not_before, attempts, state)
        VALUES (@tenant, @lane, 0, @body, @not_before, 0, 'queued')
        """);

    public static readonly Statement Due = new(
        $"""
        {Heads}
        SELECT o.id, o.lane, o.revision, o.body, o.not_before, o.attempts, o.mirror, m.ticket, m.place, m.language, m.zone
        FROM heads JOIN outbox o ON o.id = heads.id LEFT JOIN mirrors m ON m.id = o.mirror
        WHERE o.not_before IS NULL OR o.not_before <= @now
        ORDER BY o.id
        """);

    /// <summary>Nearly always nothing is held back, and an index tells.</summary>
    public static readonly Statement NextDue = new(
        $"""
        {Heads}
        SELECT CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE tenant_id = @tenant AND state = 'queued' AND not_before IS NOT NULL)
            THEN (SELECT min(o.not_before) FROM heads JOIN outbox o ON o.id = heads.id) END
        """);

    public static readonly Statement Hold = new(
        """
        UPDATE outbox SET not_before = @until, attempts = attempts + 1, reason = @reason
        WHERE tenant_id = @tenant AND id = @id AND state = 'queued'
        """);

    public static readonly Statement Settle = new(
        """
        UPDATE outbox SET state = @state, settled_at = @settled_at, reason = COALESCE(@reason, reason)
        WHERE tenant_id = @tenant AND id = @id AND state = 'queued'
        """);

    /// <summary>
    /// A refresh that was asked for again after it was handed out may have been rendered before that change: it goes to the end of its lane once more.
    /// To be run after <see cref="Settle"/>, which frees the mirror's place in the queue.
    /// </summary>
    public static readonly Statement RefreshAgain = new(
        """
        INSERT INTO outbox (tenant_id, lane, mirror, revision, attempts, state)
        SELECT m.tenant_id, m.lane, m.id, 0, 0, 'queued'
        FROM outbox o JOIN mirrors m ON m.tenant_id = o.tenant_id AND m.id = o.mirror
        WHERE o.tenant_id = @tenant AND o.id = @id AND o.revision > @revision
        ON CONFLICT (tenant_id, mirror) WHERE state = 'queued' AND mirror IS NOT NULL DO NOTHING
        """);

    public static readonly Statement Forget = new(
        """
        DELETE FROM outbox WHERE id IN (
            SELECT id FROM outbox WHERE tenant_id = @tenant AND settled_at < @before ORDER BY settled_at LIMIT @most)
        """);

    /// <summary>A lane of a place.</summary>
    public static string Lane(Place place) => $"{place.Channel}:{place.Conversation}";

    public static IEnumerable<Step> Send(OutboxMessage message)
    {
        yield return message.What is Refresh refresh
            ? MirrorSql.RefreshOne.With(refresh.Mirror)
            : Queue.With(message.Lane, Stored.Json(message), Stored.Moment(message.NotBefore));
    }

    public static IEnumerable<Step> MarkSent(OutboxMessage message, SendResult.Sent? sent, DateTimeOffset at)
    {
        yield return Settle.With("sent", Stored.Moment(at), null, message.Id);
        if (message.What is Refresh refresh)
        {
            foreach (var step in sent is null ? [] : MirrorSql.Posted(refresh.Mirror, message.To, sent))
            {
                yield return step;
            }

            yield return RefreshAgain.With(message.Id, message.Revision);
        }

        if (sent is null)
        {
            yield break;
        }

        if (message.Ticket is not null)
        {
            yield return MirrorSql.TiePost.With(message.To.Channel, sent.At.Conversation, sent.PostId, message.Ticket);
        }

        if (message.To.Conversation.StartsWith('@') && sent.At.Conversation != message.To.Conversation)
        {
            yield return PeopleSql.Opened.With(Stored.Json(sent.At), message.To.Channel, message.To.Conversation[1..]);
        }
    }

    public static IEnumerable<Step> Bury(OutboxMessage message, string reason, DateTimeOffset at)
    {
        yield return Settle.With("dead", Stored.Moment(at), reason, message.Id);
        if (message.What is Refresh)
        {
            yield return RefreshAgain.With(message.Id, message.Revision);
        }
    }

    /// <remarks>A mirror whose conversation was opened meanwhile may wait in its old lane: the lane that counts is that of where it goes now.</remarks>
    public static async ValueTask<IReadOnlyList<OutboxMessage>> DueAsync(
        IStatementReader commands, DateTimeOffset now, IReadOnlyCollection<string> busyLanes, int limit)
    {
        var taken = busyLanes.ToHashSet(StringComparer.Ordinal);
        var most = taken.Count + limit;

        // Of a long backlog only what is asked for is read.
        var due = await commands.ListAsync(
            Due,
            row => taken.Count < most && !taken.Contains(row.GetString(1)) && Row(row) is var message && taken.Add(message.Lane) ? message : null,
            Stored.Moment(now));
        return [.. due.OfType<OutboxMessage>()];
    }

    public static OutboxMessage Row(IRow row)
    {
        var message = row.IsDBNull(6)
            ? row.Json<OutboxMessage>(3)
            : new OutboxMessage(row.Json<Place>(8), new Refresh(row.GetInt64(6)), row.GetString(9), row.TextOrNull(10)) { Ticket = row.GetString(7) };
        return message with { Id = row.GetInt64(0), Revision = row.GetInt32(2), NotBefore = row.MomentOrNull(4), Attempts = row.GetInt32(5) };
    }
}
