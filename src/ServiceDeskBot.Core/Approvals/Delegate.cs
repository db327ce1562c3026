using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>The approver lets somebody else decide; never the person whose wish it is.</summary>
/// <param name="To">Name, desk id or e-mail address.</param>
public sealed record DelegateApproval(string? To) : ApproverAction
{
    protected override async ValueTask DecideWaitingAsync(TurnContext turn, Ticket ticket)
    {
        if (string.IsNullOrWhiteSpace(To))
        {
            turn.Decision.Answer = AskWords("delegate", ticket, "delegate");
        }
        else if (await FindAsync(turn, To) is not { } person)
        {
            turn.Refuse(Phrase.Key("delegate.unknown", ("name", To)));
        }
        else if (person.Id == ticket.Reporter || person.Id == ticket.Affected)
        {
            turn.Refuse(Phrase.Key("rights.approveOwn"));
        }
        else if (person.Id == turn.Actor.Id)
        {
            turn.Refuse(Phrase.Key("delegate.self"));
        }
        else
        {
            await Approval.AskAsync(turn, turn.Decision.Apply(ticket, new ApprovalDelegated(turn.Actor.Id, person.Id) { At = turn.Now, By = turn.Actor.Id }));
            turn.Refuse(Phrase.Key("delegate.done", ("person", person.Name), ("ticket", ticket.Id)));
        }
    }

    private static async ValueTask<Person?> FindAsync(TurnContext turn, string name)
    {
        var known = turn.Desk.People.FirstOrDefault(person =>
            person.Id.Equals(name, StringComparison.OrdinalIgnoreCase)
            || person.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || person.Email.Equals(name, StringComparison.OrdinalIgnoreCase));
        return known is not null ? await turn.PersonAsync(known.Id) ?? Newcomers.Of(known) : await turn.Snapshot.PersonByEmailAsync(name);
    }
}
