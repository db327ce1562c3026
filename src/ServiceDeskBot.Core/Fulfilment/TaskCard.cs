using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;

namespace ServiceDeskBot.Core.Fulfilment;

/// <summary>One task in its team's channel: what, for which request, who has it, and one or two buttons.</summary>
public static class TaskCard
{
    public static async ValueTask<Card> ForAsync(Ticket request, TicketView view, string id)
    {
        if (request.Tasks.FirstOrDefault(task => task.Id == id) is not { } task)
        {
            return Card.Of(Phrase.Key("task.unknown", ("ticket", request.Id), ("tasks", "")));
        }

        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("task.title", ("ticket", request.Id), ("task", task.Title)), TextStyle.Heading),
            new TextPart(Phrase.Key("task.of", ("item", view.Summary), ("person", await view.NameAsync(request.Reporter)))),
        };
        if ((await view.Snapshot.TextsAsync(request.Id)).LastOrDefault(text => text.Kind == "form") is { } form)
        {
            parts.Add(new TextPart(form.Text));
        }

        parts.Add(new FactsPart([new Fact(Phrase.Key("fact.owner"), task.Owner is null ? Phrase.Key("team.nobody") : await view.NameAsync(task.Owner)), new Fact(Phrase.Key("task.state"), Phrase.Key($"task-state.{task.State}"))]));
        parts.Add(new TextPart(Phrase.Key("task.typed", ("ticket", request.Id), ("task", task.Id)), TextStyle.Subtle));
        return new Card(parts, request.IsOpen ? Buttons(request, task) : []);
    }

    /// <summary>Where everything stands, task by task, for the person and for the team that looks after the whole.</summary>
    public static async ValueTask<List<CardPart>> OverviewAsync(Ticket request, TicketView view)
    {
        var lines = new List<CardPart>();
        foreach (var task in request.Tasks)
        {
            lines.Add(new TextPart(Phrase.Key(
                "task.line",
                ("mark", task.State switch { TaskState.Confirmed => "✔✔", TaskState.Done => "✔", TaskState.Failed => "✖", _ => "…" }),
                ("task", task.Title),
                ("state", Phrase.Key($"task-state.{task.State}")),
                ("owner", task.Owner is null ? view.Desk.Team(task.Team)?.Name ?? "" : await view.NameAsync(task.Owner)))));
        }

        return lines;
    }

    private static IReadOnlyList<Button> Buttons(Ticket request, TicketTask task) => task.State switch
    {
        TaskState.Open => [Of(request, task, "task-claim") with { Style = ButtonStyle.Primary }, Of(request, task, "task-done")],
        TaskState.Claimed => [Of(request, task, "task-done") with { Style = ButtonStyle.Primary }],
        _ => [],
    };

    public static Button Of(Ticket request, TicketTask task, string action) =>
        new(Phrase.Key($"button.{action}"), action, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = request.Id, ["task"] = task.Id });
}
