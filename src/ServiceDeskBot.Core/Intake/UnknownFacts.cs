using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>
/// "I don't know yet" is an answer: it stands on the team's card, the person is asked once more later, and the ticket is not resolved
/// before it is known or somebody says that it is not needed. A fact is named after its script and step, or its item and field.
/// </summary>
public static class UnknownFacts
{
    /// <summary>Name of the dialog that asks once more; lies in the dialogs project.</summary>
    public const string Dialog = "later";

    public static string Of(CategoryScript script, ScriptStep step) => $"script {script.Id} {step.Id}";

    public static string Of(CatalogueItem item, CatalogueField field) => $"item {item.Id} {field.Id}";

    /// <summary>What people call it; its own name where the content has changed since.</summary>
    public static Phrase LabelOf(string fact, DeskContent desk) => fact.Split(' ') switch
    {
        ["script", var script, var step] when desk.Script(script)?.Step(step) is { } known => known.Fact ?? known.Question!,
        ["item", var item, var field] when desk.Item(item)?.Fields.FirstOrDefault(one => one.Id == field) is { } known => known.Label,
        _ => fact,
    };

    /// <summary>The question as it was asked at first.</summary>
    public static Phrase QuestionOf(string fact, DeskContent desk) =>
        fact.Split(' ') is ["script", var script, var step] && desk.Script(script)?.Step(step)?.Question is { } question ? question : LabelOf(fact, desk);

    internal static Ticket Mark(TurnContext turn, Ticket ticket, string fact)
    {
        turn.Decision.Add(new SetTimer(ticket.Id, TimerKinds.Unknown, turn.Now + turn.Desk.Policies.Intake.AskAgain));
        return turn.Decision.Apply(ticket, new FactMarked(fact, FactState.Unknown) { At = turn.Now, By = turn.Actor.Id });
    }

    /// <summary>Asks the person where their card hangs; their next words there may be the answer.</summary>
    internal static async ValueTask ChaseAsync(TurnContext context, Ticket ticket)
    {
        if (await context.PersonAsync(ticket.Reporter) is not { } person
            || (await context.Snapshot.MirrorsAsync(ticket.Id)).FirstOrDefault(mirror => mirror.Kind == MirrorKind.Requester)?.At is not { } place)
        {
            return;
        }

        var talk = await context.Snapshot.ConversationAsync(place.Key, person.Id);
        var frame = DialogFrame.Of(Dialog, 1, new LaterState(ticket.Id, []), context.Now);
        var question = LaterQuestion.Card(ticket.Id, ticket.Unknown[0], context.Desk);
        context.Decision.Add(new PutConversation(place.Key, person.Id, talk with { Stack = [.. talk.Stack.Where(running => running.Dialog != Dialog).TakeLast(7), frame], Buttons = [.. question.Buttons] }));
        context.Decision.Say(place, question, person, ticket.Id);
    }

    /// <summary>Why it cannot be resolved yet; the two ways out stand on the team's card.</summary>
    internal static void Refuse(TurnContext turn, Ticket ticket) =>
        turn.Refuse(Phrase.Key("unknown.left", ("ticket", ticket.Id), ("facts", new Listing([.. ticket.Unknown.Select(fact => LabelOf(fact, turn.Desk))]))));
}
