using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>The approver asks the person something first; the answer, written in the chat, appears on the approver's card.</summary>
public sealed record AskBack(string? Words) : ApproverAction
{
    protected override async ValueTask DecideWaitingAsync(TurnContext turn, Ticket ticket)
    {
        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = AskWords("ask-back", ticket, "ask-back");
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "question", turn.Actor.Id, "user", Words);
        turn.Decision.Apply(ticket, new ApprovalQuestioned { At = turn.Now, By = turn.Actor.Id, Text = text });
        await turn.TellRequesterAsync(ticket, new Card([new TextPart(Phrase.Key("ask-back.asked", ("approver", turn.Actor.Name), ("ticket", ticket.Id))), new TextPart(Words, TextStyle.Quote)], []));
        await FocusAsync(turn, ticket);
    }

    /// <summary>What the person writes next in their chat is the answer.</summary>
    private static async ValueTask FocusAsync(TurnContext turn, Ticket ticket)
    {
        foreach (var mirror in (await turn.Snapshot.MirrorsAsync(ticket.Id)).Where(mirror => mirror.Kind == MirrorKind.Requester))
        {
            var talk = await turn.Snapshot.ConversationAsync(mirror.At.Key, ticket.Reporter);
            turn.Decision.Add(new PutConversation(mirror.At.Key, ticket.Reporter, talk with { Focus = ticket.Id, FocusedAt = turn.Now }));
        }
    }
}
