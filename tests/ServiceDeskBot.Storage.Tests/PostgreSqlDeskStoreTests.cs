using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.PostgreSql;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public sealed class PostgreSqlDeskStoreTests : DeskStoreContract
{
    private PostgreSqlServer? _server;

    public override async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.NewDatabaseAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    protected override IDeskStore Create() => new PostgreSqlDeskStore(_server!.ConnectionString, Clock);

    [Fact]
    public async Task PutText_CharacterZeroAndHalfAPair_AreReplacedAndNothingElse()
    {
        await DoneAsync(Rows.Opening("INC-1"), new PutText(Rows.Text("t", "INC-1", "a\0b \uD83D c \U0001F642")));

        Assert.Equal("a\uFFFDb \uFFFD c \U0001F642", Assert.Single(await ReadAsync(snapshot => snapshot.TextsAsync("INC-1"))).Text);
    }

    [Fact]
    public async Task OpenAsync_NewerSchema_IsRefusedNamingDatabaseAndVersions()
    {
        await _server!.ReadAsync("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'later', 'x')");

        await using var store = new PostgreSqlDeskStore(_server.ConnectionString, Clock);
        var refusal = await Assert.ThrowsAsync<DatabaseIsNewerException>(() => store.OpenAsync(Stop));

        Assert.Contains("test_", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NoSuchDatabase_IsUnavailableNamingItAndNoPassword()
    {
        await using var store = new PostgreSqlDeskStore($"{_server!.ConnectionString};Database=nowhere;Password=secret", Clock);

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.OpenAsync(Stop));

        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Database=desk", "Host")]
    [InlineData("Data Source=desk.db;Cache=Shared", "data source")]
    [InlineData("Host=x;Port=many", "Port")]
    public void FaultOf_NoPostgreSqlConnection_SaysWhatIsWrong(string connectionString, string named)
    {
        Assert.Contains(named, PostgreSqlDeskStore.FaultOf(connectionString), StringComparison.OrdinalIgnoreCase);
        Assert.Throws<ArgumentException>(() => new PostgreSqlDeskStore(connectionString, Clock));
    }

    [Fact]
    public async Task CommitAsync_ServerReadOnly_IsUnavailableAndRecovers()
    {
        await _server!.ReadAsync("ALTER ROLE desk IN DATABASE " + _server.Database + " SET default_transaction_read_only = on");
        await _server.EndConnectionsAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            while (true)
            {
                await CommitAsync(new SetTimer("a", "b", Rows.Moment));
            }
        });

        await _server.ReadAsync("BEGIN READ WRITE; ALTER ROLE desk IN DATABASE " + _server.Database + " RESET default_transaction_read_only; COMMIT");
        await _server.EndConnectionsAsync();
        await RecoversAsync();
    }

    [Fact]
    public async Task AcceptAsync_ConnectionsEnded_AcceptsOnceTheServerIsBack()
    {
        await Store.AcceptAsync(Rows.Turn("k0"), Stop);
        await _server!.EndConnectionsAsync();

        await RecoversAsync();

        Assert.Equal(2, (await Store.UndoneTurnsAsync(Stop)).Count);
    }

    /// <summary>Tries again as those do who hold a turn.</summary>
    private async Task RecoversAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Store.AcceptAsync(Rows.Turn("k1"), Stop);
                return;
            }
            catch (StoreUnavailableException) when (attempt < 100)
            {
            }
        }
    }
}
