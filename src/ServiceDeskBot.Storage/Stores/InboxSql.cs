using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

internal static class InboxSql
{
    public static readonly Statement Accept = new(
        """
        INSERT INTO inbox (tenant_id, turn_key, conversation, turn, accepted_at)
        VALUES (@tenant, @turn_key, @conversation, @turn, @accepted_at)
        ON CONFLICT (tenant_id, turn_key) DO NOTHING
        RETURNING seq
        """);

    /// <summary>Accepted and done at once: what was said is never kept.</summary>
    public static readonly Statement Take = new(
        """
        INSERT INTO inbox (tenant_id, turn_key, conversation, accepted_at, done_at, answer)
        VALUES (@tenant, @turn_key, @conversation, @accepted_at, @done_at, @answer)
        ON CONFLICT (tenant_id, turn_key) DO NOTHING
        """);

    public static readonly Statement Find = new("SELECT seq, answer FROM inbox WHERE tenant_id = @tenant AND turn_key = @turn_key");

    /// <summary>What was said is dropped: from here on only the answer is needed, and an anonymous survey must not be readable beside its sender.</summary>
    public static readonly Statement MarkDone = new(
        "UPDATE inbox SET done_at = @done_at, answer = @answer, turn = NULL WHERE tenant_id = @tenant AND seq = @seq AND done_at IS NULL");

    /// <summary>As <see cref="MarkDone"/>, for a turn whose code failed: the operator may want to see what it was.</summary>
    public static readonly Statement MarkFailedDone = new(
        "UPDATE inbox SET done_at = @done_at, answer = @answer WHERE tenant_id = @tenant AND seq = @seq AND done_at IS NULL");

    public static readonly Statement RecordFailure = new("UPDATE inbox SET failure = @failure WHERE tenant_id = @tenant AND seq = @seq");

    public static readonly Statement Undone = new(
        "SELECT seq, turn FROM inbox WHERE tenant_id = @tenant AND done_at IS NULL AND failure IS NULL ORDER BY seq");

    public static readonly Statement ForgetDone = new(
        """
        DELETE FROM inbox WHERE seq IN (
            SELECT seq FROM inbox WHERE tenant_id = @tenant AND done_at < @before ORDER BY done_at LIMIT @most)
        """);

    public static readonly Statement ForgetFailed = new(
        """
        DELETE FROM inbox WHERE seq IN (
            SELECT seq FROM inbox WHERE tenant_id = @tenant AND failure IS NOT NULL AND accepted_at < @before ORDER BY accepted_at LIMIT @most)
        """);

    /// <summary>For one process, which keeps the order of a conversation by itself.</summary>
    public static readonly TurnMark Mark = new(MarkDone, MarkFailedDone);

    public static long Seq(IRow row) => row.GetInt64(0);

    public static Accepted Known(IRow row) => new(row.GetInt64(0), IsNew: false, row.JsonOrNull<Answer>(1));

    public static InboxRow Row(IRow row) => new(row.GetInt64(0), row.Json<Turn>(1));
}

/// <summary>Two statements of the same values: a turn that was decided, and one whose code failed.</summary>
internal sealed record TurnMark(Statement Done, Statement Failed);
