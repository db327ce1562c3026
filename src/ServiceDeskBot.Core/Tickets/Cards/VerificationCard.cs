using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>Asks the person whether the fix works: what was done in plain words, what they have to try, two buttons. Once answered, it says how.</summary>
public static class VerificationCard
{
    /// <param name="kind">The mirror's kind, which tells the round: a question from before a reopening is settled.</param>
    public static async ValueTask<Card> ForAsync(Ticket ticket, TicketView view, string kind)
    {
        if (kind != MirrorKind.VerificationOf(ticket) && ticket.Tasks.Any(task => task.IsLeft))
        {
            return Card.Of(Phrase.Key("task.left-over", ("ticket", ticket.Id), ("tasks", string.Join(", ", ticket.Tasks.Where(task => !task.IsDone).Select(task => task.Title)))));
        }

        if (kind != MirrorKind.VerificationOf(ticket))
        {
            return Card.Of(ticket is { IsOpen: true, Owner: { } owner }
                ? Phrase.Key("verify.reopened", ("ticket", ticket.Id), ("owner", await view.NameAsync(owner)))
                : Phrase.Key("verify.was-not", ("ticket", ticket.Id)));
        }

        if (ticket.State != TicketState.Resolved)
        {
            return Card.Of(Phrase.Key(ticket.Closure == TicketClosure.NotConfirmed ? "verify.closed-silent" : "verify.thanks", ("ticket", ticket.Id)));
        }

        if (ticket.Tasks.Count > 0 && (await view.Snapshot.EventsAsync(ticket.Id)).OfType<Resolved>().Last().By == "desk")
        {
            return await TasksAsync(ticket, view);
        }

        var texts = await view.Snapshot.TextsAsync(ticket.Id);
        var account = texts.LastOrDefault(text => text.Kind == "resolution");
        var steps = texts.LastOrDefault(text => text.Kind == "steps" && text.At == account?.At);
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("verify.fixed", ("agent", await view.NameAsync(account?.Author ?? ticket.Owner)), ("ticket", ticket.Id))),
            new TextPart(account?.Text ?? "", TextStyle.Quote),
        };
        if (steps is not null)
        {
            var lines = steps.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            parts.Add(new TextPart(Phrase.Key("verify.try")));
            parts.Add(new TextPart(new Listing([.. lines.Select((line, i) => (Phrase)$"{i + 1}. {line}")], "\n")));
        }

        parts.Add(new TextPart(Phrase.Key(steps is not null ? "verify.did-it-work" : ticket.Type == "request" ? "verify.delivered" : "verify.question")));
        return new Card(parts, Verification.Buttons(ticket));
    }

    /// <summary>Nobody but the last task ended the work. Each thing can be confirmed or missed by itself; one button says that all is there.</summary>
    private static async ValueTask<Card> TasksAsync(Ticket ticket, TicketView view)
    {
        var parts = new List<CardPart> { new TextPart(Phrase.Key("task.all-done", ("ticket", ticket.Id)), TextStyle.Heading) };
        foreach (var task in ticket.Tasks)
        {
            parts.Add(new TextPart(Phrase.Key(task.State == TaskState.Confirmed ? "task.is-there" : "task.is-it-there", ("task", task.Title), ("owner", await view.NameAsync(task.Owner)))));
            if (task.State == TaskState.Done)
            {
                parts.Add(new ButtonsPart([
                    TaskCard.Of(ticket, task, "task-there") with { Title = Phrase.Key("button.task-there", ("task", task.Title)) },
                    TaskCard.Of(ticket, task, "task-missing") with { Title = Phrase.Key("button.task-missing", ("task", task.Title)) },
                ]));
            }
        }

        return new Card(parts, [Verification.Buttons(ticket)[0]]);
    }
}
