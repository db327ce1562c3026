using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Later;

/// <summary>Asks once more what somebody did not know yet. The desk begins it by itself, after a while.</summary>
public sealed class LaterDialog : Dialog<LaterState>
{
    private const int LongestText = 120;

    public override string Name => UnknownFacts.Dialog;

    public override string? Action => UnknownFacts.Dialog;

    protected override string? TicketOf(LaterState state) => state.Ticket;

    protected override Move Take(LaterState state, DialogInput input, Facts facts)
    {
        if (facts.Ticket is not { IsOpen: true, State: not TicketState.Resolved } ticket || ticket.Unknown.Except(state.Asked, StringComparer.Ordinal).FirstOrDefault() is not { } fact)
        {
            return Move.Drop;
        }

        var words = input switch
        {
            DialogInput.Typed typed => typed.Text.Trim(),
            DialogInput.Tapped tapped when tapped.Data.GetValueOrDefault("question") == fact => tapped.Data.GetValueOrDefault("value") ?? "",
            _ => null,
        };
        if (words is null)
        {
            return Move.Ask(state, LaterQuestion.Card(ticket.Id, fact, facts.Desk));
        }

        // What is longer than an answer is more of the story, and reaches the ticket as any message does.
        if (words.Length > LongestText || words.Contains('\n', StringComparison.Ordinal))
        {
            return Move.Pass;
        }

        var question = UnknownFacts.QuestionOf(fact, facts.Desk);
        var prompt = new ChoicePrompt(fact, question, question, [new Option(LaterQuestion.StillUnknown, Phrase.Key("button.not-known-yet")), new Option(FactState.NotNeeded, Phrase.Key("button.not-needed"))]);
        return (prompt.Titled(words, facts) ?? (NotKnown.In(words) ? LaterQuestion.StillUnknown : words)) switch
        {
            LaterQuestion.StillUnknown => Go(state, fact, null, "unknown.still", facts),
            FactState.NotNeeded => Go(state, fact, "", "unknown.thanks", facts),
            var answer when answer.Count(char.IsLetterOrDigit) < 2 => Move.AskAgain(state, LaterQuestion.Card(ticket.Id, fact, facts.Desk)),
            var answer => Go(state, fact, answer, "unknown.thanks", facts) with { AnyWords = input is DialogInput.Typed },
        };
    }

    /// <summary>Settles this one and asks for the next that is not known, if there is one.</summary>
    /// <param name="answer">Empty: not needed; <c>null</c>: still not known.</param>
    private static Move Go(LaterState state, string fact, string? answer, string says, Facts facts)
    {
        var asked = state with { Asked = [.. state.Asked, fact] };
        var next = facts.Ticket!.Unknown.Except(asked.Asked, StringComparer.Ordinal).FirstOrDefault();
        var card = next is null ? Card.Of(Phrase.Key(says, ("ticket", state.Ticket))) : LaterQuestion.Card(state.Ticket, next, facts.Desk);
        var settle = answer is null ? null : new SettleFacts(new Dictionary<string, string>(StringComparer.Ordinal) { [fact] = answer });
        return settle is null
            ? next is null ? Move.Finish(card) : Move.Ask(asked, card)
            : next is null ? Move.Do(settle, state.Ticket, card) : Move.DoAndStay(asked, settle, state.Ticket) with { Says = card };
    }
}
