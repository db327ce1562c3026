namespace ServiceDeskBot.Storage.Stores;

/// <summary>The row at which an answer stands, as its database gives it. Columns are counted from 0.</summary>
internal interface IRow
{
    bool IsDBNull(int column);

    int GetInt32(int column);

    long GetInt64(int column);

    string GetString(int column);

    byte[] GetBytes(int column);

    /// <summary>The same text as <see cref="GetString"/> in UTF-8; only until the next row.</summary>
    ReadOnlySpan<byte> GetUtf8(int column);
}
