using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.SelfService;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Pressing;

/// <summary>Three questions to somebody who says that it is more urgent: how many, by when, and what happens otherwise.</summary>
public sealed class PressingDialog : Dialog<PressingState>
{
    private const int MostPeople = 100_000;

    public override string Name => PressingState.Dialog;

    public override string? Action => PressingState.Dialog;

    protected override string? TicketOf(PressingState state) => state.Ticket;

    protected override string? SoFar(PressingState state, DeskContent desk) =>
        state.People is { } people ? $"People stopped: {people}{(state.Deadline is { } due ? $"; needed by {due:u}" : "")}" : null;

    protected override Move Take(PressingState state, DialogInput input, Facts facts)
    {
        if (facts.Ticket is not { IsOpen: true } ticket)
        {
            return Move.Drop;
        }

        // Once contested there is nothing more to ask: the action says who decides now.
        if (ticket.Contested)
        {
            return Move.Do(new RaisePriority(0, null, ""), ticket.Id);
        }

        var asking = Asking.About(state, PressingState.Dialog, ticket.Id);
        return state switch
        {
            { People: null } => People(ticket.Id).Take(asking, input, facts, people => Take(state with { People = people }, new DialogInput.Resumed(), facts)),
            { AskedWhen: false } => When.Take(asking, input, facts, moment => Take(state with { AskedWhen = true, Deadline = moment }, new DialogInput.Resumed(), facts)),
            _ => Why.Take(asking, input, facts, reason => Move.Do(new RaisePriority(state.People.Value, state.Deadline, reason), ticket.Id)),
        };
    }

    private static NumberPrompt People(string ticket) =>
        new("people", Phrase.Key("pressing.people", ("ticket", ticket)), Phrase.Key("pressing.people-again"), 0, MostPeople) { Usual = [new Option("1", Phrase.Key("pressing.just-me"))] };

    private static MomentPrompt When { get; } = new("when", Phrase.Key("pressing.when"), Phrase.Key("pressing.when-again"), Phrase.Key("pressing.no-date"));

    private static TextPrompt Why { get; } = new("why", Phrase.Key("pressing.why"), Phrase.Key("pressing.why-again"));
}
