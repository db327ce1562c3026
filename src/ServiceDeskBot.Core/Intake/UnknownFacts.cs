using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
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

/// <summary>Asked once more what was not known yet.</summary>
/// <param name="Asked">Facts that were asked in this talk and stay unknown.</param>
public sealed record LaterState(string Ticket, IReadOnlyList<string> Asked);

/// <summary>The question of the <see cref="UnknownFacts.Dialog"/>, as the desk asks it by itself and the dialog asks it again.</summary>
public static class LaterQuestion
{
    public const string StillUnknown = "still-unknown";

    public static Card Card(string ticket, string fact, DeskContent desk)
    {
        var question = Phrase.Key("unknown.ask", ("ticket", ticket), ("question", UnknownFacts.QuestionOf(fact, desk)));
        return new Card([new TextPart(question)], [Answer(Phrase.Key("button.not-known-yet"), StillUnknown), Answer(Phrase.Key("button.not-needed"), FactState.NotNeeded)]) { Summary = question };

        Button Answer(Phrase title, string value) =>
            new(title, UnknownFacts.Dialog, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket, ["question"] = fact, ["value"] = value });
    }
}

/// <summary>A question of the script has no answer yet.</summary>
public sealed record LeaveUnknown(string Script, string Step) : TicketAction
{
    public override Right Needs => Right.Own;

    public override ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (turn.Desk.Script(Script) is { } script && script.Step(Step) is { } step)
        {
            UnknownFacts.Mark(turn, ticket, UnknownFacts.Of(script, step));
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>What was not known is known now, or not needed: said by the person or by those who work on it.</summary>
/// <param name="Facts">Words by fact; empty: all that are left are not needed.</param>
public sealed record SettleFacts(IReadOnlyDictionary<string, string> Facts) : TicketAction
{
    public override Right Needs => Right.See;

    /// <summary>From a form whose inputs are numbered in the order of <see cref="Ticket.Unknown"/>; none filled in yet: asks.</summary>
    public static TicketAction From(IReadOnlyDictionary<string, string> fields) => new FillIn(fields);

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (Rights.Refusal(turn.Actor, Right.Own, ticket, turn.Desk) is not null && Rights.Refusal(turn.Actor, Right.Work, ticket, turn.Desk) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        var told = new List<CardPart>();
        foreach (var fact in ticket.Unknown.Where(fact => Facts.Count == 0 || Facts.ContainsKey(fact)))
        {
            var words = Facts.GetValueOrDefault(fact) ?? "";
            var label = UnknownFacts.LabelOf(fact, turn.Desk) switch { Wording wording => wording.En, Words plain => plain.Text, _ => fact };
            var text = words.Length == 0 ? null : turn.Decision.Keep(ticket.Id, "answer", turn.Actor.Id, "user", $"{label}: {words}");
            if (text is not null)
            {
                told.Add(new TextPart($"{label}: {words}", TextStyle.Quote));
            }

            ticket = turn.Decision.Apply(ticket, new FactMarked(fact, words.Length == 0 ? FactState.NotNeeded : FactState.Known) { At = turn.Now, By = turn.Actor.Id, Text = text });
        }

        if (ticket.Unknown.Count == 0)
        {
            turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.Unknown));
        }

        if (Rights.Refusal(turn.Actor, Right.Own, ticket, turn.Desk) is null)
        {
            told.Insert(0, new TextPart(Phrase.Key(told.Count > 0 ? "message.from" : "unknown.told-not-needed", ("person", turn.Actor.Name)), TextStyle.Subtle));
            await turn.TellTeamAsync(ticket, new Card(told, []), ticket.Owner);
        }
        else
        {
            turn.Refuse(Phrase.Key("unknown.settled", ("ticket", ticket.Id)));
        }
    }

    /// <summary>The form for what is not known, and what comes back from it.</summary>
    private sealed record FillIn(IReadOnlyDictionary<string, string> Fields) : TicketAction
    {
        public override Right Needs => Right.See;

        public override ValueTask DecideAsync(TurnContext turn, Ticket ticket)
        {
            var filled = ticket.Unknown.Select((fact, n) => (fact, words: Fields.GetValueOrDefault($"fact-{n}")?.Trim() ?? "")).Where(pair => pair.words.Length > 0).ToDictionary(pair => pair.fact, pair => pair.words, StringComparer.Ordinal);
            if (filled.Count > 0)
            {
                return new SettleFacts(filled).DecideAsync(turn, ticket);
            }

            turn.Decision.Answer = ticket.Unknown.Count == 0
                ? new Tell(Card.Of(Phrase.Key("unknown.settled", ("ticket", ticket.Id))))
                : new ShowForm(new Form(
                    "fill-in",
                    Phrase.Key("unknown.title", ("ticket", ticket.Id)),
                    Phrase.Key("unknown.submit"),
                    [.. ticket.Unknown.Select((fact, n) => new InputPart($"fact-{n}", UnknownFacts.LabelOf(fact, turn.Desk), InputKind.Text, Required: false) { MaxLength = 300 })],
                    Of(ticket)));
            return ValueTask.CompletedTask;
        }
    }
}
