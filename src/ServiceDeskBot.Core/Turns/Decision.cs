using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// What is being decided: collects the changes of one turn or timer while actions look at the snapshot,
/// and becomes a <see cref="UnitOfWork"/> in the end. Nothing is stored or sent before that.
/// </summary>
public sealed class Decision(DateTimeOffset now)
{
    private readonly List<Write> _writes = [];
    private readonly Dictionary<string, Change> _tickets = new(StringComparer.Ordinal);

    public DateTimeOffset Now => now;

    /// <summary>What the one who acted gets back at once.</summary>
    public Answer Answer { get; set; } = Answer.None;

    /// <summary>True once something is to be stored or sent.</summary>
    public bool ChangesAnything => _writes.Count > 0 || _tickets.Count > 0;

    /// <summary>The tickets this decision changed, as they are after it.</summary>
    public IEnumerable<Ticket> Tickets => _tickets.Values.Select(change => change.Ticket);

    /// <summary>When the first of the timers it sets is due; the end of time when it sets none.</summary>
    public DateTimeOffset EarliestTimer => _writes.OfType<SetTimer>().Select(timer => timer.Due).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    public void Add(Write write) => _writes.Add(write);

    /// <summary>A ticket that this decision began or changed; <c>null</c> for any other.</summary>
    public Ticket? Find(string id) => _tickets.GetValueOrDefault(id)?.Ticket;

    /// <summary>The ticket as it is within this decision.</summary>
    public Ticket Current(Ticket read) => _tickets.TryGetValue(read.Id, out var change) ? change.Ticket : read;

    /// <summary>True for a ticket that this decision begins: nothing of it is stored yet.</summary>
    public bool Begins(string ticket) => _tickets.TryGetValue(ticket, out var change) && change.ReadVersion == 0;

    /// <summary>Begins a ticket.</summary>
    /// <param name="summary">Its words for lists and cards.</param>
    public Ticket Begin(Registered registered, string summary)
    {
        var ticket = TicketLife.Apply(null, registered);
        _tickets[ticket.Id] = new Change(ticket, 0, [registered], summary);
        return ticket;
    }

    /// <summary>Lets something happen to a ticket. With its end its timers end; one that is set afterwards, for the survey, stays.</summary>
    public Ticket Apply(Ticket read, params ReadOnlySpan<TicketEvent> events)
    {
        var change = _tickets.GetValueOrDefault(read.Id) ?? new Change(read, read.Version, [], null);
        foreach (var happened in events)
        {
            change.Events.Add(happened);
            change = change with { Ticket = TicketLife.Apply(change.Ticket, happened) };
        }

        _tickets[read.Id] = change;
        if (read.IsOpen && !change.Ticket.IsOpen)
        {
            Add(new ClearTimers(read.Id));
        }

        return change.Ticket;
    }

    /// <summary>Changes a ticket's words for lists and cards.</summary>
    public void Summarise(Ticket ticket, string summary) =>
        _tickets[ticket.Id] = (_tickets.GetValueOrDefault(ticket.Id) ?? new Change(ticket, ticket.Version, [], null)) with { Summary = summary };

    /// <summary>The words for lists and cards that this decision gave a ticket; <c>null</c> when it gave none.</summary>
    public string? SummaryOf(string ticket) => _tickets.GetValueOrDefault(ticket)?.Summary;

    /// <summary>Keeps somebody's words and answers with the id of their row.</summary>
    public string Keep(string ticket, string kind, string author, string visible, string text, string? post = null)
    {
        var id = Guid.CreateVersion7(now).ToString("N");
        Add(new PutText(new TicketText(id, ticket, kind, author, visible, text, now, post)));
        return id;
    }

    /// <summary>The row of the words a person just added to a ticket; <c>null</c> when there are none.</summary>
    public string? LastText(string ticket) => _writes.OfType<PutText>().LastOrDefault(write => write.Text.Ticket == ticket && write.Text.Kind == "message")?.Text.Id;

    public void Say(Place to, Card card, Person? reader, string? ticket = null) =>
        Add(new Send(new OutboxMessage(to, new Post(card), Language(reader), reader?.Zone) { Ticket = ticket }));

    public void Replace(Place at, string postId, Card card, Person? reader, string? ticket = null) =>
        Add(new Send(new OutboxMessage(at, new Replace(postId, card), Language(reader), reader?.Zone) { Ticket = ticket }));

    /// <summary>Remembers a place where the ticket's card hangs from now on.</summary>
    /// <param name="postId">The message that becomes this card; <c>null</c> to post it anew.</param>
    public void Hang(string ticket, string kind, Place at, Person? reader, string? postId = null) =>
        Add(new AddMirror(new Mirror(0, ticket, kind, at, postId, Language(reader), reader?.Zone)));

    /// <summary>The cards that this decision says in a place or in a thread of it.</summary>
    public IEnumerable<Card> SaidAt(Place place) => _writes.OfType<Send>()
        .Where(send => send.Message.To.Channel == place.Channel && send.Message.To.Conversation == place.Conversation)
        .Select(send => send.Message.What switch
        {
            Post { UnderMirror: null } post => post.Card,
            Replace replace => replace.Card,
            _ => null,
        })
        .OfType<Card>();

    /// <summary>Everything as one value. Tickets come first, so that a conflict is found before anything else is tried.</summary>
    public UnitOfWork ToUnit()
    {
        var writes = new List<Write>(_writes.Count + (2 * _tickets.Count));
        foreach (var change in _tickets.Values)
        {
            writes.Add(new PutTicket(change.Ticket, change.ReadVersion, change.Events, change.Summary));
        }

        writes.AddRange(_writes);

        // A converted query's card is the new record's from here on.
        foreach (var change in _tickets.Values.Where(change => change.ReadVersion > 0 && change.Ticket.Closure != TicketClosure.Converted))
        {
            writes.Add(new RefreshMirrors(change.Ticket.Id));
        }

        return new UnitOfWork(writes);
    }

    private static string Language(Person? reader) => Reader.LanguageOf(reader?.Locale);

    private sealed record Change(Ticket Ticket, int ReadVersion, List<TicketEvent> Events, string? Summary);
}
