using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Tests.Dialogs.Example;

/// <summary>Asks when somebody may come by and how many people are in the room, and leaves it as the person's message on the ticket.</summary>
public sealed class VisitDialog : Dialog<VisitState>
{
    private static readonly MomentPrompt When = new("when", "When may we come by?", "Please name a day or time to come, such as tomorrow 10:00.", "Any time");
    private static readonly NumberPrompt People = new("people", "How many people work in the room?", "Please give me a number, such as 3.", 0, 500);

    public override string Name => "visit";

    public override string? Action => "visit";

    protected override string? TicketOf(VisitState state) => state.Ticket;

    protected override Move Take(VisitState state, DialogInput input, Facts facts)
    {
        var asking = Asking.About(state, "visit", state.Ticket);
        return state.Awaiting switch
        {
            Awaiting.When => When.Take(asking, input, facts, moment =>
                Take(state with { Awaiting = Awaiting.People, At = moment }, new DialogInput.Resumed(), facts)),
            _ => People.Take(asking, input, facts, people => Move.Do(
                new AddMessage($"Visit: {state.At:u}, {people} people", null, []),
                state.Ticket,
                Card.Of("Thank you, we will see you then."))),
        };
    }
}

/// <summary>What is known so far. Small, plain values, stored by name.</summary>
public sealed record VisitState(string Ticket, Awaiting Awaiting = Awaiting.When, DateTimeOffset? At = null);

/// <summary>What it waits for. May be reordered, never renamed.</summary>
public enum Awaiting { When, People }
