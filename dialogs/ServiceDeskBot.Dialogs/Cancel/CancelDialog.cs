using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.SelfService;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Cancel;

/// <summary>One question before a ticket is cancelled.</summary>
public sealed class CancelDialog : Dialog<CancelState>
{
    public override string Name => CancelState.Dialog;

    public override string? Action => CancelState.Dialog;

    protected override string? TicketOf(CancelState state) => state.Ticket;

    protected override Move Take(CancelState state, DialogInput input, Facts facts)
    {
        if (facts.Ticket is not { IsOpen: true } ticket)
        {
            return Move.Drop;
        }

        var number = ("ticket", (Phrase)ticket.Id);
        var sure = new ConfirmPrompt("sure", Phrase.Key("cancel.question", number), Phrase.Key("cancel.again", number), Phrase.Key("cancel.yes"), Phrase.Key("cancel.no"));
        return sure.Take(Asking.About(state, CancelState.Dialog, ticket.Id), input, facts, yes => yes
            ? Move.Do(new CancelTicket(), ticket.Id, Card.Of(Phrase.Key(ticket.Type == "query" ? "intake.cancelled" : "cancel.done", number)))
            : Move.Finish(Card.Of(Phrase.Key("cancel.kept", number))));
    }
}
