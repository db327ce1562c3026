using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The form of a catalogue item was sent: the query becomes a request, and its approver or team gets it.</summary>
public sealed record PlaceOrder(string? Item, IReadOnlyDictionary<string, string> Values) : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Type != "query")
        {
            turn.Refuse(Phrase.Key("intake.logged-already", ("ticket", ticket.Id)));
            return;
        }

        if (turn.Desk.Item(Item ?? ticket.Item) is not { Phase: "operate" or "improve" } item
            || (item.Audience.Count > 0 && !item.Audience.Any(turn.Actor.Is)))
        {
            turn.Refuse(Phrase.Key("order.unavailable"));
            return;
        }

        var faults = OrderForm.Faults(item, Values);
        if (faults.Count > 0)
        {
            turn.Decision.Answer = new FieldErrors(OrderForm.For(item, ticket, Values), faults);
            return;
        }

        var ordered = turn.Decision.Apply(
            ticket,
            new Classified(item.Service, item.Category, item.Team, ticket.Impact, ticket.Urgency, ticket.Priority)
            {
                At = turn.Now,
                By = turn.Actor.Id,
                Item = item.Id,
                Evidence = ticket.Evidence,
                Deadline = ticket.Deadline,
            });
        var record = await Conversion.ConvertAsync(turn, ordered, confirmed: true, "request");
        var form = string.Join('\n', item.Fields.Where(field => !string.IsNullOrWhiteSpace(Values.GetValueOrDefault(field.Id))).Select(field => $"{field.Label}: {Values[field.Id].Trim()}"));
        if (form.Length > 0)
        {
            turn.Decision.Keep(record.Id, "form", turn.Actor.Id, "user", form);
        }

        turn.Decision.Summarise(record, item.Name);
        record = await Conversion.RouteAsync(turn, record);
        turn.End(RegisterQuery.Dialog);
        turn.Focus(record.Id);
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(record, item.Name);
        }
    }
}
