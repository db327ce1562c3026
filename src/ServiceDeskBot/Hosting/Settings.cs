using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

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
    /// <summary>Gets or sets the database: <c>Sqlite</c>. (<c>PostgreSql</c> is not part of this version.)</summary>
    /// <value>The default value is <c>Sqlite</c>.</value>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Gets or sets the connection string in the provider's own form.</summary>
    /// <value>The default is <c>desk.db</c> in the data folder.</value>
    public string? ConnectionString { get; set; }
}

/// <summary>Names the database that this version cannot speak to.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.Provider == "Sqlite"
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Storage:Provider is '{options.Provider}'. Allowed in this version: Sqlite.");
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
