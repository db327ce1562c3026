using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>Not ours</em>: another team gets the ticket, with the reason; its targets follow the new team's calendar.</summary>
public sealed record ReRoute(string? Team, string? Words) : TicketAction
{
    public override Right Needs => Right.Work;

    public override bool AfterApproval => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var target = turn.Desk.Team(Team) ?? turn.Desk.Teams.FirstOrDefault(team => string.Equals(team.Name, Team, StringComparison.OrdinalIgnoreCase));
        if (target is null || string.IsNullOrWhiteSpace(Words))
        {
            var choices = turn.Desk.Teams.Where(team => team.Id != ticket.Team).Select(team => new Choice(team.Name, team.Id));
            turn.Decision.Answer = AskWords(
                "not-ours",
                ticket,
                "not-ours",
                new InputPart("team", Phrase.Key("not-ours.team"), InputKind.Choice, Required: true) { Choices = [.. choices], Value = target?.Id });
            return;
        }

        if (target.Id == ticket.Team)
        {
            turn.Refuse(Phrase.Key("not-ours.same", ("team", target.Name)));
            return;
        }

        if (ticket.Restricted && !target.Closed)
        {
            turn.Refuse(Phrase.Key("not-ours.restricted", ("ticket", ticket.Id)));
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "reason", turn.Actor.Id, "team", Words);
        if (!target.Closed)
        {
            await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("not-ours.told", ("agent", turn.Actor.Name), ("ticket", ticket.Id), ("team", target.Name), ("words", Words))));
        }

        var moved = turn.Decision.Apply(
            ticket,
            new ReRouted(ticket.Team, target.Id) { At = turn.Now, By = turn.Actor.Id, Text = text, Restricts = target.Closed },
            Promises.For(ticket with { Team = target.Id }, turn.Desk, turn.Now));
        Foresight.Watch(turn, moved);
        await NoteCorrection.OnAsync(turn, ticket, moved);
        await turn.MoveTeamCardsAsync(moved);
    }
}
