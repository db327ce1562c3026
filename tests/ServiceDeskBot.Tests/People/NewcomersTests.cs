using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Sqlite;
using Xunit;

namespace ServiceDeskBot.Tests.People;

public sealed class NewcomersTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 12, 3, TimeSpan.Zero);
    private static readonly Place Chat = new("slack", "D0ADA", null, PlaceKind.Personal);
    private static readonly DeskContent Desk = Assert.IsType<DeskReading.Complete>(DeskFolder.Read(Path.Combine(Repository.Root, "src", "ServiceDeskBot", "desk"))).Desk;

    private readonly string _folder = Directory.CreateTempSubdirectory("desk-").FullName;
    private SqliteDeskStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteDeskStore($"Data Source={Path.Combine(_folder, "desk.db")}", TimeProvider.System);
        await _store.OpenAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Recognise_AddressComesAfterFirstContact_LeadsToThePersonItBelongsTo()
    {
        var stranger = await RecogniseAsync(new Sender("U0ADA", "U0ADA"));
        var vouched = await RecogniseAsync(new Sender("U0ADA", "Ada Lovelace", "Ada@example.com"));
        var later = await RecogniseAsync(new Sender("U0ADA", "U0ADA"));

        Assert.NotEqual("ada", stranger.Id);
        Assert.Equal(("ada", "ada"), (vouched.Id, later.Id));
        Assert.True(later.Is("agent"));
    }

    [Fact]
    public async Task Recognise_AddressOfNobodyElse_KeepsThePersonAndTellsTheirName()
    {
        var stranger = await RecogniseAsync(new Sender("U0NEW", "U0NEW"));
        await RecogniseAsync(new Sender("U0NEW", "Nora New", "Nora@example.org", "de-DE", "Europe/Berlin"));
        var later = await RecogniseAsync(new Sender("U0NEW", "U0NEW"));

        Assert.Equal((stranger.Id, "Nora New", "nora@example.org", "Europe/Berlin"), (later.Id, later.Name, later.Email, later.Zone));
    }

    private async Task<Person> RecogniseAsync(Sender sender)
    {
        await using var snapshot = await _store.SnapshotAsync(CancellationToken.None);
        var decision = new Decision(Now);
        var person = await Newcomers.RecogniseAsync(new Turn("k", Chat, sender, new Arrived(), Now), snapshot, Desk, decision);
        Assert.Equal(CommitResult.Done, await _store.CommitAsync(decision.ToUnit(), CancellationToken.None));
        return person;
    }
}
