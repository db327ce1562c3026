using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>The form of an item came back for a query: the query becomes a request, and its approver or team gets it.</summary>
public sealed record PlaceOrder(IReadOnlyDictionary<string, string> Data, IReadOnlyDictionary<string, string> Values) : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Type != "query")
        {
            turn.Refuse(Phrase.Key("intake.logged-already", ("ticket", ticket.Id)));
            return;
        }

        await Ordering.SubmittedAsync(turn, turn.Desk.Item(Data.GetValueOrDefault("item") ?? ticket.Item), Data, Values, ticket);
    }
}
