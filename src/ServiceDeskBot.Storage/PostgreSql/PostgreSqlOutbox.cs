using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>The outbox as several replicas share it.</summary>
internal static class PostgreSqlOutbox
{
    /// <summary>
    /// Takes the first message of each lane that is due and that nobody else is sending. Nobody can take the next one of that lane before
    /// the first is settled, so each conversation has one sender. A row that another replica settles in this moment is skipped, never seen stale.
    /// </summary>
    public static readonly Statement TakeDue = new(
        $"""
        {OutboxSql.Heads},
        free (id) AS (
            SELECT o.id FROM heads JOIN outbox o ON o.id = heads.id
            WHERE o.state = 'queued' AND (o.not_before IS NULL OR o.not_before <= @now) AND NOT (o.lane = ANY(@busy))
                AND (o.replica IS NULL OR o.replica = @replica OR {PostgreSqlInbox.Gone("o")})
            ORDER BY o.id LIMIT @limit FOR UPDATE OF o SKIP LOCKED),
        taken AS (
            UPDATE outbox SET replica = @replica FROM free WHERE outbox.id = free.id
            RETURNING outbox.id, outbox.lane, outbox.revision, outbox.body, outbox.not_before, outbox.attempts, outbox.mirror)
        SELECT taken.id, taken.lane, taken.revision, taken.body, taken.not_before, taken.attempts, taken.mirror, m.ticket, m.place, m.language, m.zone
        FROM taken LEFT JOIN mirrors m ON m.id = taken.mirror
        ORDER BY taken.id
        """);

    /// <summary>Who sends what need not survive a power cut: then nobody sends.</summary>
    public static readonly Statement NotDurable = new("SELECT set_config('synchronous_commit', 'off', true)");
}
