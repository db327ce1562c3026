using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

internal static class TimerSql
{
    public static readonly Statement Set = new(
        """
        INSERT INTO timers (tenant_id, subject, kind, due) VALUES (@tenant, @subject, @kind, @due)
        ON CONFLICT (tenant_id, subject, kind) DO UPDATE SET due = excluded.due
        """);

    public static readonly Statement SetIfAbsent = new(
        """
        INSERT INTO timers (tenant_id, subject, kind, due) VALUES (@tenant, @subject, @kind, @due)
        ON CONFLICT (tenant_id, subject, kind) DO NOTHING
        """);

    public static readonly Statement Clear = new("DELETE FROM timers WHERE tenant_id = @tenant AND subject = @subject AND kind = @kind");

    public static readonly Statement ClearAll = new("DELETE FROM timers WHERE tenant_id = @tenant AND subject = @subject");

    public static readonly Statement Take = new("DELETE FROM timers WHERE tenant_id = @tenant AND subject = @subject AND kind = @kind AND due = @due");

    public static readonly Statement Due = new(
        "SELECT subject, kind, due FROM timers WHERE tenant_id = @tenant AND due <= @now ORDER BY due, subject, kind LIMIT @limit");

    public static readonly Statement NextDue = new("SELECT min(due) FROM timers WHERE tenant_id = @tenant");

    public static DueTimer Row(IRow row) => new(row.GetString(0), row.GetString(1), row.Moment(2));
}
