using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>What the person writes about their ticket reaches it, with its files; the owner is mentioned, and a ticket that waited for it goes on.</summary>
public sealed record AddMessage(string Words, string? Post, IReadOnlyList<Attachment> Attachments) : TicketAction
{
    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var text = turn.Decision.Keep(ticket.Id, "message", turn.Actor.Id, "user", Words, Post);
        var changed = turn.Decision.Apply(ticket, new UserMessaged("said") { At = turn.Now, By = turn.Actor.Id, Text = text });
        foreach (var file in Attachments)
        {
            var description = turn.Decision.Keep(ticket.Id, "attachment", turn.Actor.Id, "user", file.Url is null ? file.Name : $"{file.Name} {file.Url}");
            changed = turn.Decision.Apply(changed, new Attached(file.Name) { At = turn.Now, By = turn.Actor.Id, Text = description });
        }

        if (changed.State == TicketState.WaitingUser)
        {
            changed = turn.Decision.Apply(changed, new Resumed(changed.Owner is null ? TicketState.Queued : TicketState.Assigned) { At = turn.Now, By = "desk" });
        }

        if (changed is { State: TicketState.WaitingApproval, Approver: { } approver } && await turn.ReachAsync(approver) is { } place)
        {
            turn.Decision.Say(place, ToTeam(turn.Actor.Name), await turn.PersonAsync(approver), changed.Id);
        }

        await turn.TellTeamAsync(changed, ToTeam(turn.Actor.Name), changed.Owner);
    }

    private Card ToTeam(string person)
    {
        var parts = new List<CardPart> { new TextPart(Phrase.Key("message.from", ("person", person)), TextStyle.Subtle) };
        if (Words.Length > 0)
        {
            parts.Add(new TextPart(Words, TextStyle.Quote));
        }

        parts.AddRange(Attachments.Select(file => new TextPart(Phrase.Key("message.file", ("name", file.Name), ("url", file.Url ?? "")))));
        return new Card(parts, []);
    }
}
