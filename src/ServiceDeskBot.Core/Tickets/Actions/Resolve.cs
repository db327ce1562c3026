using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>The fix is in place, told in plain words. The person is asked whether it works; only their yes, or silence, closes.</summary>
/// <param name="Steps">What the person has to try themselves, a step a line; <c>null</c> when there is nothing to do.</param>
public sealed record Resolve(string? Words, string? Steps = null) : TicketAction
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

        if (ticket.Tasks.Any(task => task.IsLeft))
        {
            turn.Refuse(Phrase.Key("task.left", ("ticket", ticket.Id), ("tasks", string.Join(", ", ticket.Tasks.Where(task => task.IsLeft).Select(task => task.Title)))));
            return;
        }

        if (ticket.Unknown.Count > 0)
        {
            Intake.UnknownFacts.Refuse(turn, ticket);
            return;
        }

        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = Ask(ticket);
            return;
        }

        if (ticket.Owner is null)
        {
            // Whoever resolves an unclaimed ticket has taken it: there is always an owner to thank or to come back to.
            ticket = turn.Decision.Apply(ticket, new Claimed(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id });
        }

        var text = turn.Decision.Keep(ticket.Id, "resolution", turn.Actor.Id, "user", Words);
        if (Steps is not null)
        {
            turn.Decision.Keep(ticket.Id, "steps", turn.Actor.Id, "user", Steps);
        }

        var resolved = turn.Decision.Apply(ticket, new Resolved(ticket.Owner!) { At = turn.Now, By = turn.Actor.Id, Text = text });
        turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.VerifyReminder, turn.Now + turn.Desk.Policies.Verification.Reminder));
        await Verification.AskAsync(turn, resolved);
        await ChangeRecord.WriteAsync(turn, resolved);
        await turn.TellTeamAsync(resolved, Card.Of(Phrase.Key("resolve.told", ("agent", turn.Actor.Name), ("words", Steps is null ? Words : $"{Words}\n{Steps}"))));
    }

    private static Conversations.ShowForm Ask(Ticket ticket) => new(new Form(
        "resolve",
        Phrase.Key("resolve.title", ("ticket", ticket.Id)),
        Phrase.Key("resolve.submit"),
        [
            new InputPart("text", Phrase.Key("resolve.label"), InputKind.LongText, Required: true),
            new InputPart("steps", Phrase.Key("resolve.steps"), InputKind.LongText, Required: false),
        ],
        Of(ticket)));
}
