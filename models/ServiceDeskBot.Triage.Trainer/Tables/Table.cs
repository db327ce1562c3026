namespace ServiceDeskBot.Triage.Trainer.Tables;

/// <summary>A tab-separated file in memory.</summary>
/// <param name="Path">Where it came from, for messages.</param>
/// <param name="Columns">The header.</param>
/// <param name="Rows">The lines below it, empty ones left out.</param>
public sealed record Table(string Path, IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>The column's position, or a refusal that names those there are.</summary>
    public ColumnSearch Find(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.Ordinal))
            {
                return new ColumnSearch.Found(i);
            }
        }

        return new ColumnSearch.Missing($"{Path}, line 1: there is no column '{column}'. Columns: {string.Join(", ", Columns)}.");
    }
}

/// <summary>A line and its number in the file, counted from 1.</summary>
public sealed record TableRow(int Line, string[] Fields);

/// <summary>Whether a table has a column.</summary>
public abstract record ColumnSearch
{
    private ColumnSearch()
    {
    }

    public sealed record Found(int Index) : ColumnSearch;

    public sealed record Missing(string Reason) : ColumnSearch;
}
