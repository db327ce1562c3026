using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Storage.PostgreSql;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>A snapshot that is read at once for a turn says the same as one that is read bit by bit.</summary>
public sealed class TurnSnapshotTests : IAsyncLifetime
{
    private const string Own = "INC-1";
    private const string Pressed = "INC-2";
    private const string OfPost = "INC-3";
    private const string Other = "INC-4";
    private static readonly string[] Tickets = [Own, Pressed, OfPost, Other, "INC-5", "INC-99"];
    private static readonly string[] People = ["zoe", "ada", "max", "nobody"];

    private PostgreSqlServer _server = null!;
    private PostgreSqlDeskStore _store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["said", "pressed", "noted", "in a thread", "by a stranger"];

    public async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.NewDatabaseAsync();
        _store = new PostgreSqlDeskStore(_server.ConnectionString, new ManualClock());
        await _store.OpenAsync(Stop);
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task SnapshotAsync_ForATurn_SaysTheSame(string kind)
    {
        await using var atOnce = await _store.SnapshotAsync(TurnOf(kind), Stop);
        await using var bitByBit = await _store.SnapshotAsync(Stop);

        Assert.Equal(await AllAsync(bitByBit), await AllAsync(atOnce));
    }

    private static Turn TurnOf(string kind)
    {
        var turn = Rows.Turn("k") with { From = new Sender("U1", "Zoë") };
        return kind switch
        {
            "said" => turn with { Input = new Said($"claim {Pressed.ToLowerInvariant()} and INC-99", "p9") { RepliesTo = "post-3" } },
            "pressed" => turn with { Input = new Pressed("claim", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = Pressed }, new Dictionary<string, string>(StringComparer.Ordinal), "post-3") },
            "noted" => turn with { Input = new NotedByProgram(Pressed, "words", "team") },
            "in a thread" => turn with { Place = Rows.Thread, Input = new Said("words", "p9") },
            _ => turn with { From = new Sender("U99", "Who") },
        };
    }

    private static async Task<string> AllAsync(IDeskSnapshot snapshot)
    {
        var all = new List<object?>();
        foreach (var person in People)
        {
            all.Add(await snapshot.PersonAsync(person));
            all.Add(await snapshot.AccountsOfAsync(person));
            all.Add(await snapshot.OpenTicketsOfAsync(person));
            all.Add(await snapshot.ConversationAsync(Rows.Chat.Key, person));
            all.Add(await snapshot.ConversationAsync(Rows.Thread.Key, person));
        }

        foreach (var ticket in Tickets)
        {
            all.Add(await snapshot.TicketAsync(ticket));
            all.Add(await snapshot.SummaryAsync(ticket));
            all.Add(await snapshot.MirrorsAsync(ticket));
            all.Add(await snapshot.TextsAsync(ticket));
            all.Add(await snapshot.TextOfPostAsync(ticket, "p1"));
        }

        foreach (var post in (string[])["post-3", "post-4", Rows.Thread.Thread!])
        {
            all.Add(await snapshot.TicketOfPostAsync(Rows.Chat.Channel, Rows.Chat.Conversation, post));
            all.Add(await snapshot.TicketOfPostAsync(Rows.Thread.Channel, Rows.Thread.Conversation, post));
        }

        all.Add(await snapshot.PersonByAccountAsync("slack", "U1"));
        all.Add(await snapshot.PersonByAccountAsync("slack", "U2"));
        all.Add(await snapshot.PersonByAccountAsync("slack", "U99"));
        all.Add(await snapshot.TeamOfChannelAsync(Rows.Chat.Channel, Rows.Chat.Conversation));
        all.Add(await snapshot.TeamOfChannelAsync(Rows.Thread.Channel, Rows.Thread.Conversation));
        all.Add(await snapshot.ChannelsOfTeamAsync("network"));
        all.Add(await snapshot.ChannelsOfTeamAsync("apps"));
        return string.Join('\n', all.Select(one => JsonSerializer.Serialize(one)));
    }

    private async Task FillAsync()
    {
        var closed = Rows.Ticket("INC-5") with { State = "closed", Closed = Rows.Moment };
        Write[] writes =
        [
            new PutPerson(Rows.Person("zoe")), new PutPerson(Rows.Person("ada")), new PutPerson(Rows.Person("max")),
            new BindAccount("slack", "U1", "zoe", Rows.Chat), new BindAccount("teams", "29:zoe", "zoe", null), new BindAccount("slack", "U2", "ada", null),
            new PutConversation(Rows.Chat.Key, "zoe", ConversationState.Empty with { Focus = Own }), new PutConversation(Rows.Thread.Key, "zoe", ConversationState.Empty with { Introduced = true }),
            Rows.Opening(Rows.Ticket(Own)), Rows.Opening(Rows.Ticket(Pressed) with { Reporter = "max", Owner = "ada" }), Rows.Opening(Rows.Ticket(OfPost) with { Team = "apps" }),
            Rows.Opening(Rows.Ticket(Other) with { Reporter = "max" }), Rows.Opening(closed),
            new TiePost("slack", "D1", "post-3", OfPost), new TiePost("slack", "D1", "post-4", Other), new TiePost(Rows.Thread.Channel, Rows.Thread.Conversation, Rows.Thread.Thread!, Other),
            new BindTeam("slack", "C1", "network", new Place("slack", "C1", null, PlaceKind.Channel)), new BindTeam(Rows.Thread.Channel, Rows.Thread.Conversation, "apps", Rows.Thread),
        ];
        await _store.CommitAsync(new UnitOfWork(writes), Stop);
        foreach (var ticket in Tickets[..5])
        {
            await _store.CommitAsync(new UnitOfWork([new AddMirror(Rows.Mirror(ticket, Rows.Thread)), new AddMirror(Rows.Mirror(ticket, Rows.Chat)), new PutText(Rows.Text($"{ticket}-a", ticket, post: "p1")), new PutText(Rows.Text($"{ticket}-b", ticket))]), Stop);
        }
    }
}
