using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Storage.PostgreSql;

namespace ServiceDeskBot.Hosting;

/// <summary>Section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Gets or sets the folder for the SQLite file, promoted models and the console's file; created if absent.</summary>
    /// <value>The default value is <c>data</c>, relative to the working directory.</value>
    [Required]
    public string Path { get; set; } = "data";

    /// <summary>The folder as an absolute path.</summary>
    public string FullPath => System.IO.Path.GetFullPath(Path);
}

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The embedded default, for one process.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>A server that several replicas may share.</summary>
    public const string PostgreSql = "PostgreSql";

    /// <summary>Gets or sets the database: <c>Sqlite</c> or <c>PostgreSql</c>.</summary>
    /// <value>The default value is <c>Sqlite</c>.</value>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Gets or sets the connection string in the provider's own form.</summary>
    /// <value>The default is <c>desk.db</c> in the data folder; PostgreSQL has none.</value>
    public string? ConnectionString { get; set; }
}

/// <summary>Names a database that the desk does not speak to, and a connection string that leads nowhere.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        switch (options.Provider)
        {
            case StorageOptions.Sqlite:
                return ValidateOptionsResult.Success;
            case StorageOptions.PostgreSql when string.IsNullOrWhiteSpace(options.ConnectionString):
                return ValidateOptionsResult.Fail("Storage:ConnectionString is empty; PostgreSql needs one: 'Host=…;Database=…;Username=…;Password=…'.");
            case StorageOptions.PostgreSql when PostgreSqlDeskStore.FaultOf(options.ConnectionString) is { } fault:
                return ValidateOptionsResult.Fail($"Storage:ConnectionString is not one for PostgreSql: {fault} Allowed is e.g. 'Host=…;Database=…;Username=…;Password=…'.");
            case StorageOptions.PostgreSql:
                return ValidateOptionsResult.Success;
            default:
                return ValidateOptionsResult.Fail($"Storage:Provider is '{options.Provider}'. Allowed: {StorageOptions.Sqlite}, {StorageOptions.PostgreSql}.");
        }
    }
}

/// <summary>Section <c>Desk</c>.</summary>
public sealed class DeskOptions
{
    /// <summary>Gets or sets the folder with <c>teams.yaml</c>, <c>services.yaml</c> and so on.</summary>
    /// <value>The default is the bundled demo desk.</value>
    public string? Path { get; set; }

    /// <summary>Gets or sets e-mail addresses of people who are operators, whatever <c>people.yaml</c> says.</summary>
    public IReadOnlyList<string> Operators { get; set; } = [];

    /// <summary>The folder as an absolute path.</summary>
    public string FullPath => Path is null ? System.IO.Path.Combine(AppContext.BaseDirectory, "desk") : System.IO.Path.GetFullPath(Path);
}
