using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary><em>Still broken</em>: the same record goes back to its owner and swarm, the clock runs on, and no survey comes.</summary>
/// <param name="Words">What the person said; <c>null</c> from the button.</param>
public sealed record StillBroken(string? Words = null) : TicketAction
{
    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var late = ticket.Closed is { } closed && turn.Now - closed > turn.Desk.Policies.Verification.Grace;
        var ended = ticket.Closure is not (null or TicketClosure.Confirmed or TicketClosure.NotConfirmed or TicketClosure.Fulfilled or TicketClosure.SelfSolved or TicketClosure.Cancelled);
        if (late || ended)
        {
            turn.Refuse(Phrase.Key("verify.too-late", ("ticket", ticket.Id)));
            return;
        }

        if (ticket.State is not (TicketState.Resolved or TicketState.Closed or TicketState.Cancelled) || ticket.Type == "query")
        {
            turn.Refuse(Phrase.Key("verify.in-work", ("ticket", ticket.Id)));
            return;
        }

        var text = Words is null ? null : turn.Decision.Keep(ticket.Id, "message", turn.Actor.Id, "user", Words);
        var open = turn.Decision.Apply(ticket, new Reopened { At = turn.Now, By = turn.Actor.Id, Text = text });
        ServiceLevels.Foresight.Watch(turn, open);
        turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.VerifyReminder));
        turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.VerifyClose));
        await SurveyOffer.WithdrawAsync(turn, ticket);
        Verification.ReplaceQuestion(turn, open, Card.Of(Phrase.Key(open.Owner is null ? "verify.reopened-team" : "verify.reopened", ("ticket", ticket.Id), ("owner", await turn.NameAsync(open.Owner)))));
        await turn.HangTeamCardsOnceAsync(open);
        await turn.TellTeamAsync(open, Card.Of(Phrase.Key("verify.told-no", ("person", turn.Actor.Name), ("ticket", ticket.Id), ("words", Words ?? ""))), open.Owner);
    }
}
