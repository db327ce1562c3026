
namespace ServiceDeskBot.Storage.Stores;

internal static class SequenceSql
{
    public const string Tickets = "tickets";

    /// <summary>The first ticket number of an empty desk.</summary>
    public const long First = 1001;

    /// <summary>Takes a block of numbers; answers the end of it, which is the start of the next.</summary>
    public static readonly Statement Take = new(
        """
        INSERT INTO sequences (tenant_id, name, next) VALUES (@tenant, @name, @first + @count)
        ON CONFLICT (tenant_id, name) DO UPDATE SET next = sequences.next + @count
        RETURNING next
        """);

    /// <summary>Gives the rest of the last block back, so that an orderly restart leaves no gap.</summary>
    public static readonly Statement GiveBack = new(
        "UPDATE sequences SET next = @unused WHERE tenant_id = @tenant AND name = @name AND next = @end_of_block");

    public static long Next(IRow row) => row.GetInt64(0);
}
