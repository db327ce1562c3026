using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The answer to the clarifying question: one of its candidates, or that none fits; then people look first, and the person hears it.</summary>
public sealed record ClarifyQuery(string Value) : TicketAction
{
    /// <summary>The name of the dialog that takes typed answers; lies in the dialogs project.</summary>
    public const string Dialog = "clarify";

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Asks is not { } asked)
        {
            turn.Refuse(Phrase.Key("dialog.over"));
            return;
        }

        if (asked.About == SameAgain.About && asked.Candidates.Contains(Value))
        {
            await SameAgain.AttachAsync(turn, ticket, Value);
            if (turn.PressedPost is not null)
            {
                await turn.ShowAsync(turn.Decision.Current(ticket), await turn.Snapshot.SummaryAsync(ticket.Id));
            }

            return;
        }

        turn.End(Dialog);
        var classified = asked.About == SameAgain.About ? Classified.As(ticket, turn.Now, turn.Actor.Id)
            : asked.Candidates.Contains(Value) ? Chosen(turn, ticket, asked) : Open(turn, ticket);
        var answered = turn.Decision.Apply(ticket, await classified.RoutedAsync(turn, ticket.Reporter, await turn.WordsOfAsync(ticket)));
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(answered, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }

    private Classified Chosen(TurnContext turn, Ticket ticket, Clarification asked)
    {
        var type = asked.About == Clarification.Type ? Value : ticket.Prediction?.Type;
        var category = asked.About == Clarification.Category ? Value : ticket.Category;
        var service = turn.Desk.Service(ticket.Service) is { } named && named.Category == category ? named.Id : Alone(turn.Desk, category)?.Id;
        return Classified.As(ticket, turn.Now, turn.Actor.Id) with
        {
            Service = service,
            Category = category,
            Team = turn.Desk.TeamFor(category).Id,
            Prediction = ticket.Prediction is { } read ? read with { Type = type ?? read.Type, Category = category } : null,
        };
    }

    /// <summary>Nobody knows yet what it is about: the desk's first team looks, and finds the right people.</summary>
    private static Classified Open(TurnContext turn, Ticket ticket) => Classified.As(ticket, turn.Now, turn.Actor.Id) with
    {
        Service = null,
        Category = "other",
        Team = turn.Desk.TeamFor("other").Id,
        Evidence = [.. ticket.Evidence.Append(Understanding.UnsureCode).Distinct()],
        Offered = [],
    };

    private static Service? Alone(DeskContent desk, string? category)
    {
        var candidates = desk.Services.Where(service => service.Category == category).Take(2).ToList();
        return candidates is [var only] ? only : null;
    }
}
