using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>Gives the ticket to a named agent of the team; they are told.</summary>
public sealed record Assign(string? Person) : TicketAction
{
    public override Right Needs => Right.Work;

    public override bool AfterApproval => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.State == TicketState.Resolved)
        {
            turn.Refuse(Phrase.Key("solved.already", ("ticket", ticket.Id)));
            return;
        }

        var team = turn.Desk.Team(ticket.Team) ?? turn.Desk.Teams[0];
        var chosen = await FindAsync(turn, team.Members);
        if (chosen is null)
        {
            var choices = new List<Choice>();
            foreach (var member in team.Members)
            {
                choices.Add(new Choice(await turn.NameAsync(member), member));
            }

            turn.Decision.Answer = new Conversations.ShowForm(new Form(
                "assign",
                Phrase.Key("assign.title", ("ticket", ticket.Id)),
                Phrase.Key("assign.submit"),
                [new InputPart("person", Phrase.Key("assign.label"), InputKind.Choice, Required: true) { Choices = choices }],
                Of(ticket)));
            return;
        }

        if (chosen.Id == ticket.Owner)
        {
            turn.Refuse(Phrase.Key("assign.already", ("owner", chosen.Name)));
            return;
        }

        turn.Decision.Apply(ticket, new Assigned(ticket.Owner, chosen.Id) { At = turn.Now, By = turn.Actor.Id });
        await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("assign.told", ("agent", turn.Actor.Name), ("owner", chosen.Name), ("ticket", ticket.Id))), chosen.Id);
    }

    private async ValueTask<People.Person?> FindAsync(TurnContext turn, IReadOnlyList<string> members)
    {
        foreach (var member in Person is null ? [] : members)
        {
            if (await turn.PersonAsync(member) is { } person
                && (string.Equals(person.Id, Person, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(person.Name, Person, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(person.Name.Split(' ')[0], Person, StringComparison.OrdinalIgnoreCase)))
            {
                return person;
            }
        }

        return null;
    }
}
