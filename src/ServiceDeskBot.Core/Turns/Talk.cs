using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Lets the running dialogs take what the person says or presses, and carries out their moves.</summary>
internal static class Talk
{
    /// <summary>A dialog left alone this long no longer takes typed words; its buttons still work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(8);

    /// <summary>True when a dialog took the words. The one on top is asked first.</summary>
    public static async ValueTask<bool> TypedAsync(string text, TurnContext context, DeskBrain brain)
    {
        foreach (var frame in context.Conversation.Stack.Reverse())
        {
            if (context.Now - frame.TouchedAt < Patience
                && brain.Dialog(frame.Dialog) is { } dialog
                && await FactsAsync(dialog, frame, context) is { } facts
                && dialog.Take(frame, new DialogInput.Typed(text), facts) is { Passes: false } move)
            {
                await CarryOutAsync(move, dialog, context);
                return true;
            }
        }

        return false;
    }

    public static async ValueTask TappedAsync(IDialog dialog, Pressed pressed, TurnContext context)
    {
        var frame = context.Conversation.Stack.LastOrDefault(frame => frame.Dialog == dialog.Name);
        if (frame is null || (pressed.Data.TryGetValue("ticket", out var ticket) && ticket != dialog.TicketOf(frame)))
        {
            context.Refuse(Phrase.Key("dialog.over"));
            return;
        }

        var move = dialog.Take(frame, new DialogInput.Tapped(pressed.Data, pressed.Fields), (await FactsAsync(dialog, frame, context))!);
        await CarryOutAsync(move, dialog, context);
    }

    private static async ValueTask<Facts?> FactsAsync(IDialog dialog, DialogFrame frame, TurnContext context) =>
        new(context.Actor, context.Now, context.Desk, dialog.TicketOf(frame) is { } id ? await context.TicketAsync(id) : null);

    private static async ValueTask CarryOutAsync(Move move, IDialog dialog, TurnContext context)
    {
        if (move.Ends)
        {
            context.End(dialog.Name);
        }
        else if (move.Next is { } state)
        {
            context.Begin(new DialogFrame(dialog.Name, dialog.Version, state, context.Now));
        }

        context.Conversation = context.Conversation with { Misunderstood = move.NotUnderstood ? context.Conversation.Misunderstood + 1 : 0 };
        if (context.Conversation.Misunderstood >= context.Desk.Policies.Intake.MisunderstoodLimit)
        {
            await HandOverAsync(dialog, context);
            return;
        }

        if (move.Does is { } action)
        {
            await action.TakeAsync(context, move.On!);
        }

        // A refusal of the action is what the person needs to hear; otherwise the dialog's own words.
        if (move.Says is { } card && context.Decision.Answer is Nothing)
        {
            Say(card, context);
        }
    }

    private static void Say(Card card, TurnContext context)
    {
        if (context.PressedPost is { } post)
        {
            context.Decision.Answer = new ShowCard(card);
            context.Decision.Replace(context.Place, post, card, context.Actor);
        }
        else
        {
            context.Decision.Answer = new Tell(card);
        }
    }

    private static async ValueTask HandOverAsync(IDialog dialog, TurnContext context)
    {
        context.End(dialog.Name);
        context.Conversation = context.Conversation with { Misunderstood = 0 };
        await new AskedForPerson("I could not make myself understood and would like to talk to a person.", null).DecideAsync(context);
    }
}
