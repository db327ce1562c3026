using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>One agent takes the ticket. Exactly one can: the ticket's version decides a race.</summary>
public sealed record Claim : TicketAction
{
    public override Right Needs => Right.Work;

    public override bool AfterApproval => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Owner == turn.Actor.Id)
        {
            turn.Refuse(Phrase.Key("claim.already-yours", ("ticket", ticket.Id)));
            return;
        }

        if (ticket.Owner is not null)
        {
            await RefuseTakenAsync(turn, ticket);
            return;
        }

        if (ticket.State == TicketState.Resolved)
        {
            turn.Refuse(Phrase.Key("solved.already", ("ticket", ticket.Id)));
            return;
        }

        turn.Decision.Apply(ticket, new Claimed(turn.Actor.Id) { At = turn.Now, By = turn.Actor.Id });
    }

    private static async ValueTask RefuseTakenAsync(TurnContext turn, Ticket ticket)
    {
        var owner = await turn.NameAsync(ticket.Owner);
        turn.Refuse(
            Phrase.Key("claim.taken", ("owner", owner), ("ago", Ago(turn.Now - ticket.OwnedSince)), ("ticket", ticket.Id)),
            new Button(Phrase.Key("claim.join-owner", ("owner", owner)), "join", Of(ticket)),
            new Button(Phrase.Key("claim.next"), "next-unclaimed", Of(ticket)));
    }

    private static Phrase Ago(TimeSpan? since) => since switch
    {
        null => Phrase.Key("ago.moment"),
        { TotalSeconds: < 2 } => Phrase.Key("ago.moment"),
        { TotalMinutes: < 2 } span => Phrase.Key("ago.seconds", ("n", (int)span.TotalSeconds)),
        { TotalHours: < 2 } span => Phrase.Key("ago.minutes", ("n", (int)span.TotalMinutes)),
        { } span => Phrase.Key("ago.hours", ("n", (int)span.TotalHours)),
    };
}
