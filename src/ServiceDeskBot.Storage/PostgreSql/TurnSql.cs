using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Storage.Stores;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>What nearly every turn asks for, so that all of it comes in one round trip: who acts, the talk, and the tickets that may be meant with all that belongs to them.</summary>
internal static partial class TurnSql
{
    /// <summary>More than a person writes into one message.</summary>
    private const int MostIds = 5;

    // Named by the turn, tied to a post that it answers, or open and the actor's own.
    private const string Meant =
        """
        WITH meant (id) AS (
            SELECT unnest(@ids)
            UNION SELECT ticket FROM posts WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation AND post_id = ANY(@posts)
            UNION SELECT own.id FROM accounts a JOIN tickets own ON own.tenant_id = a.tenant_id AND own.reporter = a.person AND own.is_open = 1
                WHERE a.tenant_id = @tenant AND a.channel = @channel AND a.account = @account)
        """;

    // Those the tickets are about, and the actor.
    private const string Involved =
        $"""
        {Meant},
        involved (person) AS (
            SELECT person FROM accounts WHERE tenant_id = @tenant AND channel = @channel AND account = @account
            UNION SELECT unnest(ARRAY[t.reporter, t.owner]) FROM meant JOIN tickets t ON t.tenant_id = @tenant AND t.id = meant.id)
        """;

    public static readonly Statement Begin = new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    public static readonly Statement End = new("COMMIT");

    public static readonly Statement Talk = new(
        """
        SELECT c.version, c.body FROM accounts a JOIN conversations c ON c.tenant_id = a.tenant_id AND c.person = a.person
        WHERE a.tenant_id = @tenant AND a.channel = @channel AND a.account = @account AND c.conversation = @talk
        """);

    public static readonly Statement TicketsOfPosts = new(
        "SELECT post_id, ticket FROM posts WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation AND post_id = ANY(@posts)");

    public static readonly Statement Tickets = new($"{Meant} SELECT t.body, t.summary FROM meant JOIN tickets t ON t.tenant_id = @tenant AND t.id = meant.id ORDER BY t.number DESC");

    public static readonly Statement Mirrors = new(
        $"""
        {Meant}
        SELECT m.id, m.ticket, m.kind, m.place, m.post_id, m.language, m.zone FROM meant JOIN mirrors m ON m.tenant_id = @tenant AND m.ticket = meant.id ORDER BY m.id
        """);

    public static readonly Statement Texts = new(
        $"""
        {Meant}
        SELECT x.id, x.ticket, x.kind, x.author, x.visible, x.text, x.at, x.post FROM meant JOIN texts x ON x.tenant_id = @tenant AND x.ticket = meant.id
        ORDER BY x.at, x.seq
        """);

    public static readonly Statement Channels = new(
        $"""
        {Meant},
        teams (team) AS (SELECT DISTINCT t.team FROM meant JOIN tickets t ON t.tenant_id = @tenant AND t.id = meant.id)
        SELECT b.place, b.team FROM teams JOIN bindings b ON b.tenant_id = @tenant AND b.team = teams.team ORDER BY b.channel, b.conversation
        """);

    public static readonly Statement People = new($"{Involved} SELECT p.body FROM involved JOIN people p ON p.tenant_id = @tenant AND p.id = involved.person");

    public static readonly Statement Accounts = new(
        $"""
        {Involved}
        SELECT a.channel, a.account, a.personal, a.person FROM involved JOIN accounts a ON a.tenant_id = @tenant AND a.person = involved.person
        ORDER BY a.used_at DESC, a.channel, a.account
        """);

    /// <summary>The tickets that a turn names by their number.</summary>
    public static string[] IdsIn(TurnInput input) => input switch
    {
        Said said => [.. Id().Matches(said.Text).Take(MostIds).Select(match => match.Value.ToUpperInvariant())],
        Pressed pressed when pressed.Data.TryGetValue("ticket", out var ticket) => [ticket],
        NotedByProgram noted => [noted.Ticket],
        _ => [],
    };

    /// <summary>The posts that a turn stands under or answers.</summary>
    public static string[] PostsOf(Turn turn) =>
        [.. new[] { turn.Place.Thread, (turn.Input as Said)?.RepliesTo, (turn.Input as Pressed)?.PostId }.OfType<string>().Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"\b[A-Za-z]{2,5}-[0-9]{1,12}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
