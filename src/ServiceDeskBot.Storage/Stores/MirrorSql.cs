using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>Where a ticket's cards hang, and which posts are about it.</summary>
internal static class MirrorSql
{
    public static readonly Statement Add = new(
        """
        INSERT INTO mirrors (tenant_id, ticket, kind, lane, thread, place, post_id, language, zone)
        VALUES (@tenant, @ticket, @kind, @lane, @thread, @place, @post_id, @language, @zone)
        ON CONFLICT (tenant_id, ticket, kind, lane, thread) DO NOTHING
        """);

    /// <summary>Changes nothing where the same card hangs already under another post.</summary>
    public static readonly Statement FirstPost = new(
        $"""
        INSERT INTO outbox (tenant_id, lane, mirror, revision, attempts, state)
        SELECT tenant_id, lane, id, 0, 0, 'queued' FROM mirrors
        WHERE tenant_id = @tenant AND ticket = @ticket AND kind = @kind AND lane = @lane AND thread = @thread
            AND (post_id IS NULL OR post_id = @post_id)
        {AskAgain}
        """);

    /// <summary>A notice that was left behind does not change any more.</summary>
    public static readonly Statement Refresh = new(
        $"""
        INSERT INTO outbox (tenant_id, lane, mirror, revision, attempts, state)
        SELECT tenant_id, lane, id, 0, 0, 'queued' FROM mirrors WHERE tenant_id = @tenant AND ticket = @ticket AND kind NOT LIKE 'left-%' ORDER BY id
        {AskAgain}
        """);

    public static readonly Statement RefreshOne = new(
        $"""
        INSERT INTO outbox (tenant_id, lane, mirror, revision, attempts, state)
        SELECT tenant_id, lane, id, 0, 0, 'queued' FROM mirrors WHERE tenant_id = @tenant AND id = @mirror
        {AskAgain}
        """);

    /// <summary>Its own number makes the kind unique: the same team may get the ticket back, in the same place.</summary>
    public static readonly Statement Leave = new(
        "UPDATE mirrors SET kind = 'left-' || id WHERE tenant_id = @tenant AND id = @mirror");

    public static readonly Statement RememberPost = new(
        "UPDATE mirrors SET post_id = @post_id, place = @place WHERE tenant_id = @tenant AND id = @mirror");

    /// <summary>The mirror moves to the conversation that was opened for it, unless the same card hangs there already.</summary>
    public static readonly Statement Move = new(
        """
        UPDATE mirrors SET lane = @lane, thread = @thread
        WHERE tenant_id = @tenant AND id = @mirror AND NOT EXISTS (
            SELECT 1 FROM mirrors other
            WHERE other.tenant_id = mirrors.tenant_id AND other.ticket = mirrors.ticket AND other.kind = mirrors.kind
                AND other.lane = @lane AND other.thread = @thread AND other.id <> mirrors.id)
        """);

    public static readonly Statement OfTicket = new(
        "SELECT id, ticket, kind, place, post_id, language, zone FROM mirrors WHERE tenant_id = @tenant AND ticket = @ticket ORDER BY id");

    public static readonly Statement Find = new(
        "SELECT id, ticket, kind, place, post_id, language, zone FROM mirrors WHERE tenant_id = @tenant AND id = @mirror");

    public static readonly Statement TiePost = new(
        """
        INSERT INTO posts (tenant_id, channel, conversation, post_id, ticket)
        VALUES (@tenant, @channel, @conversation, @post_id, @ticket)
        ON CONFLICT (tenant_id, channel, conversation, post_id) DO UPDATE SET ticket = excluded.ticket
        """);

    public static readonly Statement TicketOfPost = new(
        """
        SELECT ticket FROM posts
        WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation AND post_id = @post_id
        """);

    public static readonly Statement PostsOfTicket = new(
        """
        SELECT post_id FROM posts
        WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation AND ticket = @ticket
        ORDER BY post_id
        """);

    // A waiting refresh counts how often it was asked for. Whoever sends it settles the count he was given,
    // so that a change made while it is under way is shown by one refresh more (OutboxSql.RefreshAgain).
    private const string AskAgain =
        "ON CONFLICT (tenant_id, mirror) WHERE state = 'queued' AND mirror IS NOT NULL DO UPDATE SET revision = outbox.revision + 1";

    public static IEnumerable<Step> Hang(Mirror mirror)
    {
        var (lane, thread) = (OutboxSql.Lane(mirror.At), mirror.At.Thread ?? "");
        yield return Add.With(mirror.Ticket, mirror.Kind, lane, thread, Stored.Json(mirror.At), mirror.PostId, mirror.Language, mirror.Zone);
        yield return FirstPost.With(mirror.Ticket, mirror.Kind, lane, thread, mirror.PostId);
    }

    public static IEnumerable<Step> Posted(long mirror, Place asked, SendResult.Sent sent)
    {
        yield return RememberPost.With(sent.PostId, Stored.Json(sent.At), mirror);
        if (sent.At.Conversation != asked.Conversation || sent.At.Thread != asked.Thread)
        {
            yield return Move.With(OutboxSql.Lane(sent.At), sent.At.Thread ?? "", mirror);
        }
    }

    public static Mirror Row(IRow row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.Json<Place>(3), row.TextOrNull(4), row.GetString(5), row.TextOrNull(6));
}
