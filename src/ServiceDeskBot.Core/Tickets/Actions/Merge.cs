using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The ticket is the same matter as another: it closes as a duplicate, and its person is told which one goes on.</summary>
public sealed record Merge(string? Into) : TicketAction
{
    public override Right Needs => Right.Work;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var into = Into?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(into))
        {
            turn.Decision.Answer = new Conversations.ShowForm(new Form(
                "merge",
                Phrase.Key("merge.title", ("ticket", ticket.Id)),
                Phrase.Key("merge.submit"),
                [new InputPart("into", Phrase.Key("merge.label"), InputKind.Text, Required: true) { MaxLength = 20 }],
                Of(ticket)));
            return;
        }

        if (await turn.TicketAsync(into) is not { IsOpen: true } other || Rights.Refusal(turn.Actor, Right.See, other, turn.Desk) is not null)
        {
            turn.Refuse(Phrase.Key("merge.unknown", ("ticket", into)));
            return;
        }

        if (other.Id == ticket.Id || other.Type == "query")
        {
            turn.Refuse(Phrase.Key("merge.itself", ("ticket", into)));
            return;
        }

        turn.Decision.Apply(ticket, new Merged(other.Id) { At = turn.Now, By = turn.Actor.Id });
        turn.Decision.Apply(other, new Linked(Intake.SameAgain.HasDuplicate, ticket.Id) { At = turn.Now, By = turn.Actor.Id });
        await turn.TellRequesterAsync(ticket, Card.Of(Phrase.Key("merge.told-user", ("ticket", ticket.Id), ("other", other.Id))));
        await turn.TellTeamAsync(other, Card.Of(Phrase.Key("merge.told", ("agent", turn.Actor.Name), ("ticket", ticket.Id), ("other", other.Id))));
    }
}
