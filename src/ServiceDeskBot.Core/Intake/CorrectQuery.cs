using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary><em>Change something</em>: the person corrects one thing that was understood wrongly.</summary>
public sealed record CorrectQuery(string? Type, string? Service, string? Impact, string? Urgency, string? Text) : TicketAction
{
    private static readonly string[] Types = ["incident", "request", "question", "complaint", "idea"];
    private static readonly string[] Impacts = ["person", "team", "department", "organisation"];
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.Type != "query")
        {
            turn.Refuse(Phrase.Key("intake.logged-already", ("ticket", ticket.Id)));
            return;
        }

        if (Type is null && Service is null && Impact is null && Urgency is null && string.IsNullOrWhiteSpace(Text))
        {
            turn.Decision.Answer = new ShowForm(Ask(turn, ticket));
            return;
        }

        var words = string.IsNullOrWhiteSpace(Text) ? null : Text;
        var understood = words is null ? null : turn.Reading.Read(words, turn.Desk, turn.Now, turn.Zone);
        var service = turn.Desk.Service(Service) ?? understood?.Service ?? turn.Desk.Service(ticket.Service);
        var impact = Impacts.Contains(Impact) ? Impact! : ticket.Impact;
        var urgency = Urgencies.Contains(Urgency) ? Urgency! : ticket.Urgency;
        var category = turn.Desk.Service(Service)?.Category ?? understood?.Category ?? ticket.Category;
        var type = Types.Contains(Type) ? Type! : understood?.Type ?? ticket.Prediction?.Type ?? "incident";
        var text = words is null ? null : turn.Decision.Keep(ticket.Id, "message", turn.Actor.Id, "user", words);
        var classified = new Classified(service?.Id, category, ticket.Restricted ? ticket.Team : turn.Desk.TeamFor(category).Id, impact, urgency, turn.Desk.Policies.Priority(impact, urgency))
        {
            At = turn.Now,
            By = turn.Actor.Id,
            Text = text,
            Prediction = ticket.Prediction is null ? null : ticket.Prediction with { Type = type, Category = category },
            Evidence = ticket.Evidence,
            Deadline = understood?.Deadline ?? ticket.Deadline,
            Offered = ticket.Offered,
            Restricted = ticket.Restricted || turn.Desk.TeamFor(category).Closed,
        };
        var corrected = turn.Decision.Apply(ticket, await classified.RoutedAsync(turn, ticket.Reporter, words ?? await turn.WordsOfAsync(ticket)));
        await NoteCorrection.OnAsync(turn, ticket, corrected);
        if (turn.PressedPost is not null)
        {
            await turn.ShowAsync(corrected, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }

    private static Form Ask(TurnContext turn, Ticket ticket) => new(
        "change-query",
        Phrase.Key("correct.title"),
        Phrase.Key("correct.submit"),
        [
            Pick("type", Types.Select(value => new Choice(Phrase.Key($"type.{value}"), value)), ticket.Prediction?.Type),
            Pick("service", turn.Desk.Services.Select(service => new Choice(service.Name, service.Id)), ticket.Service),
            Pick("impact", Impacts.Select(value => new Choice(Phrase.Key($"impact.{value}"), value)), ticket.Impact),
            Pick("urgency", Urgencies.Select(value => new Choice(Phrase.Key($"urgency.{value}"), value)), ticket.Urgency),
            new InputPart("text", Phrase.Key("correct.text"), InputKind.LongText, Required: false),
        ],
        Of(ticket));

    private static InputPart Pick(string id, IEnumerable<Choice> choices, string? now)
    {
        var list = choices.ToList();
        return new InputPart(id, Phrase.Key($"correct.{id}"), InputKind.Choice, Required: false)
        {
            Choices = list,
            Value = list.Exists(choice => choice.Value == now) ? now : null,
        };
    }
}
