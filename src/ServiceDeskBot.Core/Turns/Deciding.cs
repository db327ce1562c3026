using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.SelfService;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Triage.Corrections;

namespace ServiceDeskBot.Core.Turns;

/// <summary>Decides one turn on a snapshot: what is meant, who may, what changes. Nothing here stores or sends.</summary>
public static class Deciding
{
    public static async ValueTask<Decision> DecideAsync(Turn turn, IDeskSnapshot snapshot, DeskBrain brain, Func<ValueTask<long>> nextNumber, DateTimeOffset now)
    {
        var decision = new Decision(now);
        var actor = await Newcomers.RecogniseAsync(turn, snapshot, brain.Desk, decision);
        var talk = ConversationKey(turn);
        var context = new TurnContext(actor, turn.Place, snapshot, brain.Desk, brain.Channels, nextNumber, decision)
        {
            Conversation = await snapshot.ConversationAsync(talk, actor.Id),
            PressedPost = (turn.Input as Pressed)?.PostId,
            Reading = brain.Reading,
            Account = turn.From.Account,
        };
        var read = context.Conversation;
        await TakeAsync(turn, context, brain);
        await Talk.HandOnAsync(read, context, brain);
        await ClosedCircle.CloseAsync(context);
        await Talk.AskOpenedAsync(context, brain);
        if (turn.Input is Said)
        {
            AnswerInWords(context);
        }

        TypedButton.Remember(context);

        if (context.Conversation != read)
        {
            decision.Add(new PutConversation(talk, actor.Id, context.Conversation));
        }

        decision.Answer = decision.Answer with { Language = Reader.LanguageOf(actor.Locale), Zone = context.Zone.Id };
        return decision;
    }

    /// <summary>A post that opens a thread belongs to the talk of that thread.</summary>
    public static string ConversationKey(Turn turn) =>
        turn is { Place: { Kind: PlaceKind.Channel, Thread: null }, Input: Said said } ? (turn.Place with { Thread = said.PostId }).Key : turn.Place.Key;

    private static async ValueTask TakeAsync(Turn turn, TurnContext context, DeskBrain brain)
    {
        var before = context.Conversation;
        switch (turn.Input)
        {
            case Said said:
                await Reading.SaidAsync(said, context, brain);
                AnswerInWords(context);
                await Talk.OfferToGoOnAsync(before, context, brain);
                break;
            case Pressed pressed:
                await PressedAsync(pressed, context, brain);
                break;
            case FormLeft { Action: OrderForm.Action } left:
                await Ordering.LeftAsync(context, left);
                break;
            case Edited edited:
                await ChangedAsync(edited.PostId, edited.Text, context);
                break;
            case Deleted deleted:
                await ChangedAsync(deleted.PostId, "", context);
                break;
            case TicketFromMessage message:
                await FromMessageAsync(message, context);
                break;
            case RaisedByProgram raised:
                await new RaiseRecord(raised).DecideAsync(context);
                break;
            case NotedByProgram noted:
                await new NoteFromProgram(noted).DecideAsync(context);
                break;
            case Arrived:
                Introduce(context);
                break;
            case Departed or Reacted or FormLeft:
                // Heard, and nothing to do: a removed bot cannot answer, and a reaction is not an instruction.
                break;
        }
    }

    /// <summary>Somebody who types gets the answer as a message; there is no card that it could take the place of.</summary>
    private static void AnswerInWords(TurnContext context)
    {
        var card = context.Decision.Answer switch
        {
            Tell tell => tell.Card,
            ShowCard show => show.Card,
            ShowForm form => form.Form.ToCard(),
            FieldErrors errors => errors.Form.ToCard(),
            _ => null,
        };
        if (card is not null)
        {
            context.Decision.Answer = Answer.None;
            context.Decision.Say(Reading.AnswerPlace(context), card, context.Actor);
        }
    }

    /// <summary>Somebody pressed a button, or typed what stands on it.</summary>
    internal static async ValueTask PressedAsync(Pressed pressed, TurnContext context, DeskBrain brain)
    {
        if (pressed.Action is CancelState.Dialog or PressingState.Dialog && pressed.Data.GetValueOrDefault("question") == "which")
        {
            await BeginOwnAsync(pressed, context);
            return;
        }

        if (brain.Dialogs.FirstOrDefault(dialog => dialog.Action == pressed.Action) is { } dialog)
        {
            await Talk.TappedAsync(dialog, pressed, context, brain);
            return;
        }

        if (pressed.Action is "resume" or "drop")
        {
            await Talk.ResumeOrDropAsync(pressed.Action == "resume", context, brain);
            return;
        }

        if (pressed.Action == "digest" && context.Actor.Is("manager"))
        {
            await DigestPost.AskedAsync(context);
            return;
        }

        if (pressed.Action == Reviewing.Action)
        {
            await Reviewing.PressedAsync(pressed, context);
            return;
        }

        if (pressed.Action == "person" && !pressed.Data.ContainsKey("ticket"))
        {
            await new AskedForPerson("I would like to talk to a person.", null).DecideAsync(context);
            return;
        }

        if (await CatalogueTalk.PressedAsync(pressed, context))
        {
            return;
        }

        if (TicketActions.Of(pressed.Action, pressed.Data, pressed.Fields) is { } action && pressed.Data.TryGetValue("ticket", out var ticket))
        {
            await action.TakeAsync(context, ticket);
            return;
        }

        context.Refuse(Phrase.Key("button.unknown"));
    }

    /// <summary>A button of the person's own card begins the dialog about that ticket, if it is theirs and open.</summary>
    private static async ValueTask BeginOwnAsync(Pressed pressed, TurnContext context)
    {
        var id = pressed.Data.GetValueOrDefault("ticket") ?? "";
        if (await context.TicketAsync(id) is not { } ticket)
        {
            context.Refuse(Phrase.Key("ticket.unknown", ("ticket", id)));
        }
        else if ((Rights.Refusal(context.Actor, Right.Own, ticket, context.Desk) ?? (ticket.IsOpen ? null : Phrase.Key("ticket.closed", ("ticket", id)))) is { } refusal)
        {
            context.Refuse(refusal);
        }
        else
        {
            OwnWords.Open(pressed.Action, ticket.Id, context);
        }
    }

    private static async ValueTask ChangedAsync(string post, string words, TurnContext context)
    {
        if (await context.Snapshot.TicketOfPostAsync(context.Place.Channel, context.Place.Conversation, post) is { } id
            && await context.TicketAsync(id) is { Type: "query", Closure: TicketClosure.Converted } whole
            && whole.Reporter == context.Actor.Id && whole.Links.Count(link => link.Rel == "became") > 1)
        {
            await new ChangeMessage(post, words).PartsAsync(context, whole);
            return;
        }

        foreach (var ticket in await context.Snapshot.OpenTicketsOfAsync(context.Actor.Id))
        {
            if (await context.Snapshot.TextOfPostAsync(ticket.Id, post) is not null)
            {
                await new ChangeMessage(post, words).TakeAsync(context, ticket.Id);
                return;
            }
        }
    }

    /// <summary>The query is the author's own when the desk knows them by their account; else the one who raised it stands in for them.</summary>
    private static async ValueTask FromMessageAsync(TicketFromMessage message, TurnContext context)
    {
        var author = message.Author is null ? null : await context.Snapshot.PersonByAccountAsync(context.Place.Channel, message.Author.Account);
        var own = await context.InOwnChatAsync();
        var query = await new RegisterQuery(message.Text, null, []) { Affected = author?.Id }.DecideAsync(own);
        context.KeepOwnChat(own);
        context.Refuse(Phrase.Key("message.raised", ("ticket", query.Id)));
    }

    private static void Introduce(TurnContext context)
    {
        if (!context.Conversation.Introduced && context.Place.Kind == PlaceKind.Personal)
        {
            context.Conversation = context.Conversation with { Introduced = true };
            context.Decision.Say(context.Place, Welcome.For(context.Actor, first: true, context.Offer), context.Actor);
        }
    }
}
