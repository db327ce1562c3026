using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>A statement as PostgreSQL itself numbers its parameters: the driver then has nothing to parse, and prepares each text once per connection.</summary>
internal sealed class PositionalSql
{
    /// <summary>The unit must be decided again.</summary>
    public const string Conflict = "DESK1";

    /// <summary>The turn is not the next of its conversation, or is decided.</summary>
    public const string OutOfTurn = "DESK2";

    private static readonly ConditionalWeakTable<Statement, PositionalSql> Known = [];

    private readonly string _text;
    private readonly string _mustChange;
    private readonly bool _hasTenant;

    private PositionalSql(Statement statement)
    {
        var text = new StringBuilder(statement.Text);

        // Longer names first: @at must not be found in @attempts.
        foreach (var (name, index) in statement.Parameters.Select((name, index) => (name, index)).OrderByDescending(one => one.name.Length))
        {
            text.Replace(name, $"${index + 1}");
        }

        _hasTenant = statement.Text.Contains("@tenant", StringComparison.Ordinal);
        _text = text.Replace("@tenant", $"${statement.Parameters.Count + 1}").ToString();
        var otherwise = statement == PostgreSqlInbox.Mark.Done || statement == PostgreSqlInbox.Mark.Failed ? OutOfTurn : Conflict;
        _mustChange = $"WITH changed AS ({_text} RETURNING 1) SELECT must_change(count(*), '{otherwise}') FROM changed";
    }

    public static NpgsqlBatchCommand Command(Step step, string tenant)
    {
        var sql = Known.GetValue(step.Statement, statement => new PositionalSql(statement));
        var command = new NpgsqlBatchCommand(step.MustChange ? sql._mustChange : sql._text);
        foreach (var value in step.Values)
        {
            command.Parameters.Add(Parameter(value));
        }

        if (sql._hasTenant)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        }

        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = Storable(text) },
        int number => new NpgsqlParameter<int> { TypedValue = number },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        string[] texts => new NpgsqlParameter<string[]> { TypedValue = texts },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes },

        // Every column that may be null holds text.
        null => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value },
        _ => throw new NotSupportedException($"No parameter for {value.GetType().Name}."),
    };

    /// <summary>PostgreSQL takes neither the character zero nor half a surrogate pair; people's devices send both now and then.</summary>
    private static string Storable(string text)
    {
        var odd = text.AsSpan().Contains('\0') || text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
        return odd ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD') : text;
    }
}
