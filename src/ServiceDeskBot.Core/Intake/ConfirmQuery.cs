using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>That's right</em> or <em>Just log it</em>: the query becomes a record with a number.</summary>
public sealed record ConfirmQuery : TicketAction
{
    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (!ticket.IsOpen)
        {
            // A second tap, or a tap after it was logged by itself: the number is what the person wants.
            var became = ticket.Links.LastOrDefault(link => link.Rel == "became")?.Id;
            turn.Refuse(became is null ? Phrase.Key("ticket.closed", ("ticket", ticket.Id)) : Phrase.Key("intake.logged-already", ("ticket", became)));
            return;
        }

        if (ticket.Type != "query")
        {
            turn.Refuse(Phrase.Key("intake.logged-already", ("ticket", ticket.Id)));
            return;
        }

        if (ticket.Asks is { About: SeveralMatters.About })
        {
            await new SplitQuery(SplitQuery.All).DecideAsync(turn, ticket);
            return;
        }

        if (ticket.Asks is not null)
        {
            // Logged without an answer: people look at it first.
            await new ClarifyQuery(Clarification.Neither).DecideAsync(turn, ticket);
            ticket = turn.Decision.Current(ticket);
        }

        if (ticket.Prediction?.Type == "request" && turn.Desk.Item(ticket.Item) is { } item)
        {
            if (await Ordering.RefusalAsync(turn, item) is { } refusal)
            {
                turn.Refuse(refusal, new Button(Phrase.Key("button.person"), "person", Of(ticket)));
                return;
            }

            if (item.Fields.Count > 0)
            {
                await Ordering.OpenAsync(turn, item, ticket.Id, typed: turn.PressedPost is null);
                return;
            }
        }

        var record = await Conversion.RouteAsync(turn, await Conversion.ConvertAsync(turn, ticket, confirmed: true));
        turn.End(RegisterQuery.Dialog);
        turn.Focus(record.Id);
        await Scripting.BeginAsync(turn, record, await turn.Snapshot.SummaryAsync(ticket.Id));
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(record, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }
}
