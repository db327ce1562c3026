using System.Diagnostics;
using Npgsql;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>A PostgreSQL server of one test, which it may restart. Made by <c>tests/postgresql</c>; skipped by name where no server is installed.</summary>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private static readonly string? Script = Find();

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"desk-postgresql-{Guid.NewGuid():N}");

    private PostgreSqlCluster()
    {
    }

    public string ConnectionString => $"Host={_folder};Username=desk;Database=postgres";

    public static async Task<PostgreSqlCluster> StartNewAsync()
    {
        Assert.SkipWhen(Script is null || !Directory.Exists("/usr/lib/postgresql"), "No PostgreSQL server is installed (tests/run installs it)");
        var cluster = new PostgreSqlCluster();
        await cluster.StartAsync();
        return cluster;
    }

    public Task StartAsync() => RunAsync("start", _folder);

    /// <param name="crash">True: as a crash, otherwise orderly; who is connected is thrown out either way.</param>
    public Task StopAsync(bool crash = false) => RunAsync("stop", _folder, crash ? "immediate" : "fast");

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false;Application Name=looks");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Written in these tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(crash: true);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        // Its output must not be a pipe of ours: the server keeps it open, and the end would never be read.
        using var script = Process.Start(new ProcessStartInfo("bash", ["-c", "exec \"$0\" \"$@\" >/dev/null", Script!, .. arguments]) { RedirectStandardError = false })!;
        await script.WaitForExitAsync();
        Assert.Equal(0, script.ExitCode);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "tests", "postgresql");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }
}
