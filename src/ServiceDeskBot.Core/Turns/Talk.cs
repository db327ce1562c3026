using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.SelfService;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// Lets the running dialogs take what the person says or presses, and carries out their moves. Whatever the person asks for
/// in between is served first (<see cref="Interruption"/>); then they choose whether to go on or to drop the question.
/// </summary>
internal static class Talk
{
    /// <summary>A dialog left alone this long no longer takes typed words; the person is asked whether to go on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(8);

    /// <summary>Left alone this long, it is over.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>True when a dialog took the words. The one on top is asked first.</summary>
    public static async ValueTask<bool> TypedAsync(Said said, TurnContext context, DeskBrain brain)
    {
        foreach (var frame in context.Conversation.Stack.Reverse().ToList())
        {
            if (brain.Dialog(frame.Dialog) is not { } dialog || context.Now - frame.TouchedAt >= Longest)
            {
                context.End(frame.Dialog);
            }
            else if (await TypedAsync(frame, dialog, said, context, brain))
            {
                return true;
            }
        }

        return false;
    }

    public static async ValueTask TappedAsync(IDialog dialog, Pressed pressed, TurnContext context, DeskBrain brain)
    {
        var frame = context.Conversation.Stack.LastOrDefault(frame => frame.Dialog == dialog.Name);
        if (frame is null || context.Now - frame.TouchedAt >= Longest || (pressed.Data.TryGetValue("ticket", out var ticket) && ticket != dialog.TicketOf(frame)))
        {
            context.Refuse(Phrase.Key("dialog.over"));
            return;
        }

        var move = dialog.Take(frame, new DialogInput.Tapped(pressed.Data, pressed.Fields), await FactsAsync(dialog, frame, "", context, brain));
        if (move.Passes)
        {
            context.End(frame.Dialog);
            context.Refuse(Phrase.Key("dialog.over"));
            return;
        }

        await CarryOutAsync(move, dialog, context);
    }

    /// <summary>Asks the first question of each dialog that this turn began.</summary>
    public static async ValueTask AskOpenedAsync(TurnContext context, DeskBrain brain)
    {
        foreach (var name in context.Opened)
        {
            if (context.Conversation.Stack.LastOrDefault(frame => frame.Dialog == name) is not { } frame || brain.Dialog(name) is not { } dialog)
            {
                continue;
            }

            var move = dialog.Take(frame, new DialogInput.Resumed(), await FactsAsync(dialog, frame, "", context, brain));
            if (move.Ends)
            {
                context.End(name);
            }

            if (move.Does is { } action)
            {
                // Nothing needed asking, such as a thing that the person may do only once and has done.
                await action.TakeAsync(context, move.On!);
            }

            if (move.Says is { } question)
            {
                context.Decision.Say(Reading.AnswerPlace(context), question, context.Actor);
            }
        }
    }

    /// <summary><em>Go on</em>: the present question again. <em>Drop it</em>: the dialog is over.</summary>
    public static async ValueTask ResumeOrDropAsync(bool resume, TurnContext context, DeskBrain brain)
    {
        if (context.Conversation.Stack.LastOrDefault(frame => brain.Dialog(frame.Dialog) is { Insists: true }) is not { } waiting)
        {
            context.Refuse(Phrase.Key("dialog.over"));
        }
        else if (resume)
        {
            context.Begin(waiting with { TouchedAt = context.Now });
            await ResumeAsync(waiting, context, brain);
        }
        else
        {
            context.End(waiting.Dialog);
            Say(Card.Of(Phrase.Key("dialog.dropped")), context);
        }
    }

    /// <summary>After something else was served: the question that still waits, with the choice to go on or to drop it.</summary>
    /// <param name="before">The conversation as it was before these words: a question that is still the same was passed over.</param>
    public static async ValueTask OfferToGoOnAsync(ConversationState before, TurnContext context, DeskBrain brain)
    {
        if (context.Opened.Count == 0 && before.Stack.LastOrDefault(frame => brain.Dialog(frame.Dialog) is { Insists: true }) is { Offered: false } frame
            && context.Conversation.Stack.Contains(frame)
            && brain.Dialog(frame.Dialog) is { } dialog
            && dialog.Take(frame, new DialogInput.Resumed(), await FactsAsync(dialog, frame, "", context, brain)) is { Says: { } question })
        {
            context.Conversation = context.Conversation with { Stack = [.. context.Conversation.Stack.Select(running => running == frame ? frame with { Offered = true } : running)] };
            var asked = question.Summary ?? question.Parts.OfType<TextPart>().Select(part => part.Text).FirstOrDefault("");
            var none = new Dictionary<string, string>(StringComparer.Ordinal);
            context.Decision.Say(
                Reading.AnswerPlace(context),
                new Card(
                    [new TextPart(Phrase.Key("dialog.go-on")), new TextPart(asked, TextStyle.Quote)],
                    [new Button(Phrase.Key("button.go-on"), "resume", none), new Button(Phrase.Key("button.drop"), "drop", none)]),
                context.Actor);
        }
    }

    private static async ValueTask<bool> TypedAsync(DialogFrame frame, IDialog dialog, Said said, TurnContext context, DeskBrain brain)
    {
        var kind = dialog.Insists ? Interruption.In(said.Text) : Interruption.None;
        if (kind == Interruption.Cancel)
        {
            context.End(frame.Dialog);
            context.Decision.Answer = new Tell(Card.Of(Phrase.Key("dialog.dropped")));
            return true;
        }

        if (kind is Interruption.Resume or Interruption.Drop)
        {
            await ResumeOrDropAsync(kind == Interruption.Resume, context, brain);
            return true;
        }

        if (kind != Interruption.None || context.Now - frame.TouchedAt >= Patience)
        {
            return false;
        }

        var input = new DialogInput.Typed(said.Text) { Files = said.Attachments };
        var move = dialog.Take(frame, input, await FactsAsync(dialog, frame, said.Text, context, brain));
        if (move.Passes || ((move.NotUnderstood || move.AnyWords) && await IsSomethingElseAsync(said.Text, move, dialog.TicketOf(frame), context, brain)))
        {
            if (move is { Passes: true, Ends: true })
            {
                context.End(frame.Dialog);
            }

            return false;
        }

        await CarryOutAsync(move, dialog, context, said.Text);
        return true;
    }

    /// <summary>Words that thank, order, cancel, press a button or report something are no answer, neither where none was understood nor where any would do.</summary>
    /// <param name="about">The ticket that is asked about: more of the same kind may well be the answer where any words are.</param>
    private static async ValueTask<bool> IsSomethingElseAsync(string text, Move move, string? about, TurnContext context, DeskBrain brain) =>
        Reading.IsSmallTalk(text) || OwnWords.IsWish(text) || CatalogueTalk.IsCommand(text)
        || await TypedButton.InAsync(text, context, brain) is not null
        || (Interruption.MatterOfItsOwn(text, context) is { } category && (!move.AnyWords || (about is not null && await context.TicketAsync(about) is { Type: not "query" } ticket && category != ticket.Category)));

    private static async ValueTask ResumeAsync(DialogFrame frame, TurnContext context, DeskBrain brain)
    {
        var dialog = brain.Dialog(frame.Dialog)!;
        var move = dialog.Take(frame, new DialogInput.Resumed(), await FactsAsync(dialog, frame, "", context, brain));
        if (move.Passes)
        {
            context.End(frame.Dialog);
            context.Refuse(Phrase.Key("dialog.over"));
        }
        else
        {
            await CarryOutAsync(move, dialog, context);
        }
    }

    private static async ValueTask<Facts> FactsAsync(IDialog dialog, DialogFrame frame, string text, TurnContext context, DeskBrain brain)
    {
        var ticket = dialog.TicketOf(frame) is { } id ? await context.TicketAsync(id) : null;
        return new Facts(context.Actor, context.Now, context.Desk, ticket, brain.Book) { Zone = context.Zone, People = await Mentioned.PeopleAsync(text, context) };
    }

    private static async ValueTask CarryOutAsync(Move move, IDialog dialog, TurnContext context, string words = "")
    {
        if (move.Ends)
        {
            context.End(dialog.Name);
        }
        else if (move.Next is { } state)
        {
            context.Begin(new DialogFrame(dialog.Name, dialog.Version, state, context.Now));
        }

        context.Conversation = move.NotUnderstood
            ? context.Conversation with { Misunderstood = context.Conversation.Misunderstood + 1, Unheard = [.. context.Conversation.Unheard, words] }
            : context.Conversation with { Misunderstood = 0, Unheard = [] };
        if (context.Conversation.Misunderstood >= context.Desk.Policies.Intake.MisunderstoodLimit)
        {
            await HandOverAsync(dialog, context);
            return;
        }

        if (move.Does is { } action)
        {
            await action.TakeAsync(context, move.On!);
        }

        if (move.Sends is { } form && !await CatalogueTalk.PressedAsync(form, context) && TicketActions.Of(form.Action, form.Data, form.Fields) is { } sent)
        {
            await sent.TakeAsync(context, form.Data.GetValueOrDefault("ticket") ?? "");
        }

        // A refusal of the action is what the person needs to hear; otherwise the dialog's own words.
        if (move.Says is { } card && context.Decision.Answer is Nothing)
        {
            Say(card, context);
        }
    }

    /// <summary>Whoever takes over gets what the person had told the dialogs, and what these could make nothing of.</summary>
    /// <param name="before">The conversation as it was before this turn.</param>
    public static async ValueTask HandOnAsync(ConversationState before, TurnContext context, DeskBrain brain)
    {
        if (context.HandedOver is not { } id || await context.TicketAsync(id) is not { } ticket)
        {
            return;
        }

        var told = before.Stack.Select(frame => brain.Dialog(frame.Dialog)?.SoFar(frame, context.Desk)).OfType<string>()
            .Concat(context.Conversation.Unheard.Where(words => words.Length > 0).Select(words => $"Not understood by the desk: {words}"));
        foreach (var words in told)
        {
            var text = context.Decision.Keep(id, "answer", context.Actor.Id, "team", words);
            ticket = context.Decision.Apply(ticket, new ScriptAnswered(ticket.Script ?? "handover", "so-far") { At = context.Now, By = "desk", Text = text });
        }

        context.Conversation = context.Conversation with { Unheard = [] };
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

    /// <summary>No loop: a person takes over, with everything that was said; the ticket it is about goes along.</summary>
    private static async ValueTask HandOverAsync(IDialog dialog, TurnContext context)
    {
        var frame = context.Conversation.Stack.LastOrDefault(frame => frame.Dialog == dialog.Name);
        context.End(dialog.Name);
        context.Conversation = context.Conversation with { Misunderstood = 0 };
        if (frame is not null && dialog.TicketOf(frame) is { } id && await context.TicketAsync(id) is { IsOpen: true } ticket)
        {
            await new AskForPerson().TakeAsync(context, ticket.Id);
        }
        else
        {
            await new AskedForPerson("I could not make myself understood and would like to talk to a person.", null).DecideAsync(context);
        }
    }
}
