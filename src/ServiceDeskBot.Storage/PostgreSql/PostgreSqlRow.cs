using System.Data.Common;
using System.Text;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>Whichever row the reader stands at.</summary>
internal sealed class PostgreSqlRow(DbDataReader rows) : IRow
{
    public bool IsDBNull(int column) => rows.IsDBNull(column);

    public int GetInt32(int column) => rows.GetInt32(column);

    public long GetInt64(int column) => rows.GetInt64(column);

    public string GetString(int column) => rows.GetString(column);

    public byte[] GetBytes(int column) => rows.GetFieldValue<byte[]>(column);

    public ReadOnlySpan<byte> GetUtf8(int column) => Encoding.UTF8.GetBytes(rows.GetString(column));
}
