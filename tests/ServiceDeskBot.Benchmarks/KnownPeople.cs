using Microsoft.Data.Sqlite;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.Sqlite;

namespace ServiceDeskBot.Benchmarks;

/// <summary>People the desk knows before the first request, with their accounts and chats on both platforms, and a Teams channel for every team; copied for every measurement, so that each begins alike.</summary>
internal sealed class KnownPeople : IDisposable
{
    public const int Count = 20_000;
    private static readonly string[] TeamsOfTheDesk = ["service-desk", "network", "applications", "workplace", "identity", "security"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench-people-");

    /// <param name="serviceUrl">Where the desk reaches them on Teams, as it has heard before.</param>
    public static async Task<KnownPeople> PrepareAsync(string serviceUrl)
    {
        var people = new KnownPeople();
        await using var store = people.Open();
        await store.OpenAsync(CancellationToken.None);
        await StoreAsync(store, serviceUrl);
        return people;
    }

    /// <summary>Makes them known in any store.</summary>
    public static async Task StoreAsync(IDeskStore store, string serviceUrl, int count = Count)
    {
        await store.CommitAsync(new UnitOfWork([.. TeamsOfTheDesk.Select(Channel)]), CancellationToken.None);
        foreach (var some in Enumerable.Range(0, count).Chunk(1000))
        {
            await store.CommitAsync(new UnitOfWork([.. some.SelectMany(n => Writes(n, serviceUrl))]), CancellationToken.None);
        }
    }

    /// <summary>How large their database is.</summary>
    public long Bytes => _folder.EnumerateFiles("desk.db*").Sum(file => file.Length);

    /// <summary>Their database, to put more into it.</summary>
    public SqliteDeskStore Open() => new($"Data Source={Path.Combine(_folder.FullName, "desk.db")}", TimeProvider.System);

    /// <summary>Changes their database by hand.</summary>
    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "desk.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A new data folder with these people in it.</summary>
    public DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("bench-data-");
        foreach (var file in _folder.EnumerateFiles("desk.db*"))
        {
            file.CopyTo(Path.Combine(copy.FullName, file.Name));

            // All of it on the disk before anything is measured: the desk's own writes would wait behind it.
            using var written = File.OpenWrite(Path.Combine(copy.FullName, file.Name));
            written.Flush(flushToDisk: true);
        }

        return copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static BindTeam Channel(string team)
    {
        var place = new Place("teams", $"19:{team}@thread.tacv2", null, PlaceKind.Channel) { Organisation = Teams.Tenant };
        return new BindTeam("teams", place.Conversation, team, place);
    }

    private static IEnumerable<Write> Writes(int n, string serviceUrl)
    {
        var person = new Person($"p-bench-{n}", $"Person {n}", $"person{n}@example.com", [], Locale: "en-US", Zone: "Europe/Berlin");
        yield return new PutPerson(person);
        yield return new BindAccount("teams", Teams.Account(n), person.Id, new Place("teams", Teams.Conversation(n), null, PlaceKind.Personal) { ServiceUrl = serviceUrl, Organisation = Teams.Tenant });
        yield return new BindAccount("slack", Slack.Account(n), person.Id, new Place("slack", Slack.Conversation(n), null, PlaceKind.Personal) { Organisation = Slack.Team });
    }
}
