using System.Text;

namespace ServiceDeskBot.Triage.Trainer.Tables;

/// <summary>Reads tab-separated UTF-8 with a header line. Fields are taken as they stand: quotes have no meaning.</summary>
public static class TableReader
{
    private const int LargestFile = 1 << 30;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TableReading Read(string path)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                return new TableReading.Refused($"{path}: larger than 1 GiB.");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : e.Message;
            return new TableReading.Refused($"{path}: {reason}");
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads a table from memory.</summary>
    /// <param name="origin">Named in refusals.</param>
    public static TableReading Parse(ReadOnlySpan<byte> bytes, string origin)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        string[]? columns = null;
        var rows = new List<TableRow>();
        var line = 0;
        while (!bytes.IsEmpty)
        {
            line++;
            var current = TakeLine(ref bytes);
            if (Decode(current) is not { } text)
            {
                return new TableReading.Refused($"{origin}, line {line}: not valid UTF-8. Save the file as UTF-8.");
            }

            if (columns is null)
            {
                columns = text.Split('\t');
            }
            else if (text.Length > 0)
            {
                var fields = text.Split('\t');
                if (fields.Length != columns.Length)
                {
                    return new TableReading.Refused($"{origin}, line {line}: {fields.Length} fields where the header has {columns.Length}. Fields are separated by tabs and hold neither tabs nor line breaks.");
                }

                rows.Add(new TableRow(line, fields));
            }
        }

        return columns is null
            ? new TableReading.Refused($"{origin}: the file is empty; a header line is needed.")
            : new TableReading.Read(new Table(origin, columns, rows));
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = end < 0 ? bytes : bytes[..end];
        bytes = end < 0 ? [] : bytes[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static string? Decode(ReadOnlySpan<byte> line)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>What came of reading a table.</summary>
public abstract record TableReading
{
    private TableReading()
    {
    }

    public sealed record Read(Table Table) : TableReading;

    public sealed record Refused(string Reason) : TableReading;
}
