using ServiceDeskBot.Hosting;
using Xunit;

namespace ServiceDeskBot.Tests.Commands;

public sealed class StorageOptionsCheckTests
{
    [Theory]
    [InlineData("Sqlite", null)]
    [InlineData("PostgreSql", "Host=db;Database=desk;Username=desk")]
    public void Validate_Known_Succeeds(string provider, string? connection) =>
        Assert.True(new StorageOptionsCheck().Validate(null, new StorageOptions { Provider = provider, ConnectionString = connection }).Succeeded);

    [Theory]
    [InlineData("MySql", null, "Storage:Provider is 'MySql'. Allowed: Sqlite, PostgreSql.")]
    [InlineData("PostgreSql", null, "Storage:ConnectionString is empty")]
    [InlineData("PostgreSql", "Data Source=desk.db;Cache=Shared", "Storage:ConnectionString is not one for PostgreSql")]
    [InlineData("PostgreSql", "Database=desk", "It names no Host.")]
    public void Validate_NotUsable_SaysWhatIsAllowed(string provider, string? connection, string expected) =>
        Assert.Contains(expected, new StorageOptionsCheck().Validate(null, new StorageOptions { Provider = provider, ConnectionString = connection }).FailureMessage, StringComparison.Ordinal);
}
