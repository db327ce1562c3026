using System.Runtime.CompilerServices;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>What is to be sent is sent, once but for the moment in which nobody can know, in its order; or it is buried with a reason.</summary>
internal sealed class OutgoingAudit(Audit audit)
{
    private readonly ConditionalWeakTable<Card, OutboxMessage> _handedOut = [];
    private readonly Dictionary<long, int> _arrived = [];
    private readonly HashSet<long> _unsure = [];
    private readonly HashSet<long> _settled = [];
    private readonly Dictionary<string, long> _lastOfLane = new(StringComparer.Ordinal);

    /// <summary>Posts and replacements that were committed and are neither sent nor buried.</summary>
    public int Owed { get; private set; }

    public int DeadLetters { get; private set; }

    public int Sent { get; private set; }

    /// <summary>Mirrors whose refresh was buried: what hangs there may be old.</summary>
    public HashSet<long> GivenUp { get; } = [];

    public void Committed(UnitOfWork unit) => Owed += unit.Writes.Count(write => write is Send { Message.What: Post or Replace });

    public void HandedOut(IEnumerable<OutboxMessage> due)
    {
        foreach (var message in due)
        {
            audit.Must(!_settled.Contains(message.Id), "what is settled is not sent again", $"message {message.Id} to {message.Lane}");
            if (CardOf(message.What) is { } card)
            {
                _handedOut.AddOrUpdate(card, message);
            }
        }
    }

    /// <summary>A post stands on the platform.</summary>
    public void Arrived(Card card, Place at, bool isCertain)
    {
        if (!_handedOut.TryGetValue(card, out var message))
        {
            return;
        }

        var times = _arrived[message.Id] = _arrived.GetValueOrDefault(message.Id) + 1;
        audit.Must(times == 1 || _unsure.Contains(message.Id), "a message arrives once", $"message {message.Id} stands {times} times in {at.Conversation}");
        if (times == 1)
        {
            audit.Must(_lastOfLane.GetValueOrDefault(message.Lane) < message.Id, "a conversation gets its messages in order", $"message {message.Id} came after {_lastOfLane.GetValueOrDefault(message.Lane)} in {message.Lane}");
            _lastOfLane[message.Lane] = message.Id;
        }

        if (!isCertain)
        {
            _unsure.Add(message.Id);
        }
    }

    /// <summary>The host died between sending and writing down that it had: what was under way may arrive once more.</summary>
    public void SenderDied() => _unsure.UnionWith(_arrived.Keys.Where(message => !_settled.Contains(message)));

    public void MarkedSent(OutboxMessage message, SendResult.Sent? sent)
    {
        var mayStayAway = message.What is Refresh || (message.What is Post { UnderMirror: not null } && message.Ticket is { } ticket && audit.Tickets.Find(ticket) is { Restricted: true });
        audit.Must(sent is null ? mayStayAway : sent.PostId.Length > 0, "what was sent has an id, unless a later card shows it or nobody there may see it any more", $"message {message.Id}");
        if (message.What is Post && sent is not null)
        {
            audit.Must(_arrived.ContainsKey(message.Id), "what is marked as sent has arrived", $"message {message.Id} to {message.Lane}");
        }

        Settle(message);
        _arrived.Remove(message.Id);
        Sent++;
    }

    public void Buried(OutboxMessage message, string reason)
    {
        audit.Must(reason.Length > 0, "a dead letter has a reason", $"message {message.Id}");
        if (message.What is Refresh refresh)
        {
            GivenUp.Add(refresh.Mirror);
        }

        DeadLetters++;
        Settle(message);
    }

    private void Settle(OutboxMessage message)
    {
        if (_settled.Add(message.Id) && message.What is Post or Replace)
        {
            Owed--;
        }
    }

    private static Card? CardOf(Delivery what) => what switch
    {
        Post post => post.Card,
        Replace replace => replace.Card,
        _ => null,
    };
}
