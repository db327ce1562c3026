using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

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
