using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>The inbox as several replicas share it: numbered in the order of arrival per conversation, decided in that order, by whoever lives.</summary>
internal static class PostgreSqlInbox
{
    // In one conversation the next number is taken only after the row before it is stored: who sees a row sees all that came before it.
    public static readonly Statement Arrive = new("SELECT pg_advisory_xact_lock(hashtextextended(@tenant || ' ' || @conversation, 0))");

    public static readonly Statement Accept = new(
        """
        INSERT INTO inbox (tenant_id, turn_key, conversation, turn, accepted_at, replica)
        VALUES (@tenant, @turn_key, @conversation, @turn, @accepted_at, @replica)
        ON CONFLICT (tenant_id, turn_key) DO NOTHING
        RETURNING seq
        """);

    /// <summary>Only the lowest undone row of its conversation can be marked, and each once: this is what keeps the order across replicas.</summary>
    public static readonly TurnMark Mark = new(new($"{InboxSql.MarkDone.Text} AND {NoneBefore}"), new($"{InboxSql.MarkFailedDone.Text} AND {NoneBefore}"));

    public static readonly Statement Progress = new($"SELECT answer, CASE WHEN {NoneBefore} THEN 1 ELSE 0 END FROM inbox WHERE tenant_id = @tenant AND seq = @seq");

    /// <summary>What this replica accepted, and what belongs to nobody any more.</summary>
    public static readonly Statement TakeUndone = new(Take($"inbox.replica = @replica OR {Gone("inbox")}"));

    public static readonly Statement TakeAbandoned = new(Take($"inbox.replica <> @replica AND {Gone("inbox")}"));

    private const string NoneBefore =
        """
        NOT EXISTS (
            SELECT 1 FROM inbox earlier
            WHERE earlier.tenant_id = inbox.tenant_id AND earlier.conversation = inbox.conversation AND earlier.seq < inbox.seq
                AND earlier.done_at IS NULL AND earlier.failure IS NULL)
        """;

    /// <summary>
    /// True for rows of a replica that ended orderly, or was not seen for a while. After a restart of the server nobody has been seen
    /// for a while; so everybody gets the time to come back first.
    /// </summary>
    public static string Gone(string table) =>
        $"""
        NOT EXISTS (
            SELECT 1 FROM replicas
            WHERE replicas.tenant_id = {table}.tenant_id AND replicas.id = {table}.replica
                AND (replicas.seen_at > clock_timestamp() - {Replica.Lease} OR pg_postmaster_start_time() > clock_timestamp() - {Replica.Lease}))
        """;

    private static string Take(string whose) =>
        $"""
        WITH taken AS (
            UPDATE inbox SET replica = @replica WHERE seq IN (
                SELECT seq FROM inbox
                WHERE tenant_id = @tenant AND done_at IS NULL AND failure IS NULL AND ({whose})
                ORDER BY seq FOR UPDATE SKIP LOCKED)
            RETURNING seq, turn)
        SELECT seq, turn FROM taken ORDER BY seq
        """;
}
