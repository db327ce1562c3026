using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Storage.Sqlite;
using ServiceDeskBot.Storage.Stores;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>
/// The cost of a statement follows what it is about, not how much there is. SQLite chooses without statistics and once
/// preferred a walk through everybody's accounts to the index by person: a turn took ten milliseconds at 20,000 people.
/// </summary>
public sealed partial class QueryPlanTests
{
    /// <summary>Meant to walk: a few rows by nature, or everything on purpose.</summary>
    private static readonly string[] Walks =
    [
        "BindingSql.ChannelsOf", "DeskSnapshot.Figures", "InboxSql.Undone", "PeopleSql.All", "TimerSql.NextDue", "OutboxSql.NextDue", "OutboxSql.Due",
    ];

    [Fact]
    public void Statements_InSqlite_SearchByMoreThanTheTenant()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var migration in Migration.Of("Sqlite"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = migration.Script;
            command.ExecuteNonQuery();
        }

        var statements = typeof(SqliteDeskStore).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Statement) && field.DeclaringType!.Namespace == typeof(Statement).Namespace)
            .ToList();
        var walks = statements.Where(field => PlanOf((Statement)field.GetValue(null)!, connection).Any(step => Walk().IsMatch(step)))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");

        Assert.True(statements.Count > 30, statements.Count.ToString(CultureInfo.InvariantCulture));
        Assert.Empty(walks.Except(Walks, StringComparer.Ordinal));
    }

    private static List<string> PlanOf(Statement statement, SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement.Text}";
        foreach (var name in statement.Parameters.Append("@tenant"))
        {
            command.Parameters.AddWithValue(name, "x");
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    /// <summary>A table read from end to end, or all of a tenant's rows.</summary>
    [GeneratedRegex(@"^SCAN (?:TABLE )?[a-z]|\(tenant_id=\?\)$", RegexOptions.NonBacktracking)]
    private static partial Regex Walk();
}
