using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>Forgets in small portions.</summary>
/// <remarks>PostgreSQL knows nothing of the portion when it plans, and would read the whole table for <c>IN (SELECT …)</c>; it looks up the keys of an array.</remarks>
internal static class PostgreSqlForgetting
{
    public static readonly Statement DoneTurns = ByKeys(InboxSql.ForgetDone);

    public static readonly Statement FailedTurns = ByKeys(InboxSql.ForgetFailed);

    public static readonly Statement Messages = ByKeys(OutboxSql.Forget);

    private static Statement ByKeys(Statement portable) => new($"{portable.Text.Replace(" IN (", " = ANY(ARRAY(", StringComparison.Ordinal)})");
}
