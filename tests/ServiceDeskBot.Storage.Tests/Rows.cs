using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Tests;

/// <summary>Values the contract stores: complete, with every kind of text that has ever been lost in a database.</summary>
internal static class Rows
{
    /// <summary>Emoji beyond the basic plane, a joined family, right-to-left text, quotes, a backslash, a line break, combining marks, markup.</summary>
    public const string Difficult = "Größe 42 → 🙂👩‍👩‍👧 'quoted' \"twice\" \\ שלום العربية\r\ne\u0301 <b>&amp;</b> \u202Eback\u202C %_";

    /// <summary>Not in UTC, and exact to the tick.</summary>
    public static readonly DateTimeOffset Moment = new DateTimeOffset(2026, 3, 2, 11, 15, 30, 123, TimeSpan.FromHours(5.5)).AddTicks(4567);

    public static readonly Place Chat = new("slack", "D1", null, PlaceKind.Personal) { Organisation = "T1" };

    public static readonly Place Thread = new("teams", "19:net@thread.tacv2", "1700000000000", PlaceKind.Channel) { ServiceUrl = "https://smba.example/emea/", Organisation = "org" };

    public static Turn Turn(string key) => new(key, Chat, new Sender("U1", "Zoë", "zoe@example.com", "de-DE", "Europe/Berlin"), new Said(Difficult, "p1"), Moment);

    public static Person Person(string id, string? email = null) => new(id, "Zoë 🙂", email, ["agent", "lead"], "mara", "IT", "Berlin", "de-DE", "Europe/Berlin");

    public static Ticket Ticket(string id, int version = 1) => new()
    {
        Id = id,
        Type = "incident",
        State = TicketState.Queued,
        Reporter = "zoe",
        Affected = "zoe",
        Channel = "slack",
        Team = "network",
        Opened = Moment,
        Version = version,
    };

    public static Registered Registered(string id) => new(id, "incident", "zoe", "zoe", "slack") { At = Moment, By = "zoe", Opened = Moment };

    public static PutTicket Opening(string id, string summary = "Wi-Fi drops") => Opening(Ticket(id), summary);

    public static PutTicket Opening(Ticket ticket, string summary = "Wi-Fi drops") => new(ticket, 0, [Registered(ticket.Id)], summary);

    /// <summary>The ticket after one more event.</summary>
    public static PutTicket Claiming(Ticket read, string owner) =>
        new(read with { Owner = owner, State = TicketState.Assigned, Version = read.Version + 1 }, read.Version, [new Claimed(owner) { At = Moment, By = owner }], null);

    public static TicketText Text(string id, string ticket, string text = Difficult, DateTimeOffset? at = null, string? post = null) =>
        new(id, ticket, "message", "zoe", "user", text, at ?? Moment, post);

    public static OutboxMessage Message(string words, Place? to = null, string? ticket = null) =>
        new(to ?? Chat, new Post(Card.Of(words)), "de", "Europe/Berlin") { Ticket = ticket };

    public static Mirror Mirror(string ticket, Place at, string kind = "team") => new(0, ticket, kind, at, null, "de", "Europe/Berlin");

    /// <summary>What a message made by <see cref="Message"/> says.</summary>
    public static string WordsOf(OutboxMessage message) => ((Words)((TextPart)((Post)message.What).Card.Parts[0]).Text).Text;
}
