using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>The promoted models, one row for all replicas.</summary>
internal static class ModelSql
{
    public static readonly Statement Read = new("SELECT mark, running, previous FROM models WHERE tenant_id = @tenant AND mark <> @mark");

    public static readonly Statement Put = new(
        """
        INSERT INTO models (tenant_id, mark, running, previous)
        VALUES (@tenant, @mark, @running, @previous)
        ON CONFLICT (tenant_id) DO UPDATE SET mark = excluded.mark, running = excluded.running, previous = excluded.previous
        WHERE models.mark = @seen
        """);
}
