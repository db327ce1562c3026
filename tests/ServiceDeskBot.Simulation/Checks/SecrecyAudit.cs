using System.Text.RegularExpressions;
using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Simulation.People;
using ServiceDeskBot.Simulation.Platforms;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>
/// Who reads what. Each query carries a word that stands nowhere else, so whatever the desk shows tells whose matter it
/// shows. Restricted ones are for their people and the closed team; others never reach a person who has no part in them.
/// </summary>
internal sealed partial class SecrecyAudit(DeskContent desk, TicketAudit tickets, Audit audit)
{
    private readonly Dictionary<string, HashSet<string>> _ticketsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _authorOf = new(StringComparer.Ordinal);

    // Which stored texts hold a mark; none any more: it was taken back.
    private readonly Dictionary<string, HashSet<string>> _textsWith = new(StringComparer.Ordinal);

    /// <summary>Somebody wrote this: they know it.</summary>
    public void Wrote(SimulatedPerson person, string text)
    {
        foreach (Match mark in Marks().Matches(text))
        {
            _authorOf[mark.Value] = person.Id;
        }
    }

    public void Committed(UnitOfWork unit)
    {
        foreach (var put in unit.Writes.OfType<PutText>())
        {
            foreach (Match mark in Marks().Matches(put.Text.Text))
            {
                (_ticketsOf.TryGetValue(mark.Value, out var known) ? known : _ticketsOf[mark.Value] = []).Add(put.Text.Ticket);
                (_textsWith.TryGetValue(mark.Value, out var texts) ? texts : _textsWith[mark.Value] = []).Add(put.Text.Id);
            }
        }

        foreach (var change in unit.Writes.OfType<ChangeText>())
        {
            foreach (var (mark, texts) in _textsWith)
            {
                if (!change.Text.Contains(mark, StringComparison.Ordinal))
                {
                    texts.Remove(change.Id);
                }
            }
        }

        foreach (var send in unit.Writes.OfType<Send>())
        {
            if (send.Message.What is Post { Card: var card })
            {
                NothingTakenBack(card, send.Message.To.Conversation);
            }
        }
    }

    /// <summary>Words that were taken back are not said again, and no card of a team keeps them.</summary>
    public void NothingTakenBack(Card card, string where)
    {
        foreach (var mark in MarksIn(card))
        {
            audit.Must(!_textsWith.TryGetValue(mark, out var texts) || texts.Count > 0, "what was taken back is nowhere any more", $"{mark} stands in {where}");
        }
    }

    public void Shown(Conversation conversation, ChatPost post)
    {
        var author = post.Thread is not null && conversation.Roots.TryGetValue(post.Thread, out var root) ? root : null;
        foreach (var mark in MarksIn(post.Card))
        {
            if (conversation.Member is { } member)
            {
                audit.Must(MaySee(member, mark), "nobody sees what is not theirs", $"{member.Id} sees {mark} in {conversation.Id}");
            }
            else if (author is not null && conversation.Team is null)
            {
                audit.Must(MaySee(author, mark), "nobody sees what is not theirs", $"{author.Id} sees {mark} in {conversation.Id}");
            }
            else
            {
                audit.Must(MayHang(conversation.Team, mark), "a restricted ticket hangs in its team's channel only", $"{mark} hangs in {conversation.Id}");
            }
        }
    }

    public void Answered(SimulatedPerson person, Answer answer)
    {
        foreach (Match mark in Marks().Matches(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web)))
        {
            audit.Must(MaySee(person, mark.Value), "nobody sees what is not theirs", $"{person.Id} is told {mark.Value}");
        }
    }

    /// <summary>
    /// A query and what it became are one matter: whoever has one of them has it, and what it became says whether it is restricted still.
    /// Words that are also an open matter of their own ("New issue instead") may be read, whatever becomes of the ticket that they were added to first.
    /// </summary>
    private bool MayHang(string? team, string mark) =>
        Of(mark).All(ticket => !ticket.Restricted || ticket.Closure == TicketClosure.Converted)
        || Of(mark).Any(ticket => (team is not null && ticket.Teams.Contains(team)) || (!ticket.Restricted && ticket.Closure != TicketClosure.Converted));

    private bool MaySee(SimulatedPerson person, string mark) => _authorOf.GetValueOrDefault(mark) == person.Id || Of(mark).Any(ticket =>
        ticket.Reporter == person.Id || ticket.Affected == person.Id || ticket.Approver == person.Id || ticket.Helpers.Contains(person.Id)
        || ticket.Teams.Any(team => desk.Team(team) is { } known && known.Members.Contains(person.Id))
        || (!ticket.Restricted && person.Roles.Count > 0));

    private IEnumerable<ShadowTicket> Of(string mark) => _ticketsOf.TryGetValue(mark, out var known) ? known.Select(tickets.Find).OfType<ShadowTicket>() : [];

    private static IEnumerable<string> MarksIn(Card card) => Marks().Matches(JsonSerializer.Serialize(card, JsonSerializerOptions.Web)).Select(match => match.Value).Distinct();

    [GeneratedRegex("XQ[a-z]{6}", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Marks();
}
